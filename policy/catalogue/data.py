"""Catalogue entries: data. ZS601.. are said of files (errors to 650 and from 690, notes from 651), ZS701.. of rows and values."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.diagnostic import Severity

ERROR, FINDING, NOTE = Severity.ERROR, Severity.FINDING, Severity.NOTE

_FILES: tuple[Entry, ...] = (
    Entry(
        "ZS601", ERROR, "找不到文件", "file not found",
        "找不到文件 `{path}`", "there is no file `{path}`",
        "请核对文件名和所在文件夹", "check the name and the folder",
    ),
    Entry(
        "ZS602", ERROR, "打不开", "cannot be opened",
        "打不开：{why}", "cannot be opened: {why}",
        "请确认这是一个普通文件、没有被其他程序占用，并且您有权读取",
        "make sure that it is an ordinary file, not held by another program, and that you may read it",
    ),
    Entry(
        "ZS603", ERROR, "不认识的数据文件类型", "unknown kind of data file",
        "不能读取 `{extension}` 类型的文件", "files of kind `{extension}` cannot be read",
        "请另存为下列类型之一：{known}", "save it as one of: {known}",
    ),
    Entry(
        "ZS604", ERROR, "内容与扩展名不符", "content unlike its name",
        "文件名以 `{extension}` 结尾，内容却是 {kind}", "the name ends in `{extension}`, but the content is {kind}",
        "请把扩展名改成与内容一致，或另存为 `{extension}` 格式",
        "give it the extension of its content, or save it again as `{extension}`",
    ),
    Entry(
        "ZS605", ERROR, "空文件", "empty",
        "里面什么都没有", "there is nothing in it",
        "第一行应是各列的标题，例如 工号、姓名", "the first row should hold the titles of the columns",
    ),
    Entry(
        "ZS606", ERROR, "无法判断文字编码", "encoding in doubt",
        "无法判断文字编码：不是 UTF-8、GB18030 或 UTF-16，或者有多种读法",
        "the encoding of the text is in doubt: not UTF-8, GB18030 or UTF-16, or readable in several ways",
        "它是用什么程序导出的？请在该程序中另存为“CSV UTF-8”；如果知道编码，请加上 --input-encoding gb18030（或 utf-8、utf-16）",
        "which program wrote it? save it there as “CSV UTF-8”; if you know the encoding, "
        "add --input-encoding gb18030 (or utf-8, utf-16)",
    ),
    Entry(
        "ZS607", ERROR, "文字已损坏", "damaged text",
        "第 {offset} 个字节处的文字已损坏，不是有效的 {encoding}",
        "the text is damaged at byte {offset}: not valid {encoding}",
        "请重新导出这个文件，或找出这一行并改正", "export the file again, or find this line and mend it",
    ),
    Entry(
        "ZS608", ERROR, "引号没有闭合", "unclosed quote",
        "从这一行开始的引号没有正确闭合，后面的行都被吞进了这一格",
        "the quote that opens on this line does not close as it should and swallows the rows below",
        '请在这一行补上缺少的英文双引号；文字中本来的引号要写两遍 `""`',
        'add the missing quote on this line; a quote that belongs to the text is written twice `""`',
    ),
    Entry(
        "ZS609", ERROR, "列标题重复", "title twice",
        "第 {first} 列和第 {second} 列的标题都是 `{title}`", "columns {first} and {second} are both titled `{title}`",
        "请改名或删去其中一列", "rename or remove one of them",
    ),
    Entry(
        "ZS610", ERROR, "缺少列", "missing column",
        "缺少“{record}”需要的列：{columns}；最接近 `{title}` 的标题是 `{nearest}`",
        "columns needed for `{record}` are missing: {columns}; the title nearest to `{title}` is `{nearest}`",
        "如果就是这一列，请把标题 `{nearest}` 改为 `{title}`；或在政策中把这一行写成  {line}",
        "if that is the one, rename `{nearest}` to `{title}`; or write this line in the policy as  {line}",
    ),
    Entry(
        "ZS611", ERROR, "标题行上方有其他行", "rows above the titles",
        "第 {first} 行不是列标题，第 {row} 行才像",
        "row {first} does not hold the titles of the columns; row {row} looks like it",
        "请核对第 {row} 行是否有政策要的每一列，而且只有这一行列标题；删去它上方的各行，就会说明缺哪一列",
        "see that row {row} has every column that the policy needs and is the only row of titles; "
        "without the rows above it, the run says which column is missing",
    ),
    Entry(
        "ZS612", ERROR, "列的单位不符", "column in another unit",
        "列 `{title}` 标明的单位是 {unit}，政策中这一项的单位是 {known_unit}",
        "column `{title}` is in {unit}, but the policy has it in {known_unit}",
        "请换算整列后改标题，或修改政策中的单位",
        "convert the column and its title, or change the unit in the policy",
    ),
    Entry(
        "ZS613", ERROR, "没有一列对得上", "no column fits",
        "没有一列是“{record}”的；第一行是：{titles}",
        "no column belongs to `{record}`; the first row reads: {titles}",
        "第一行应是列标题，需要的有：{columns}", "the first row should hold the titles; needed are: {columns}",
    ),
    Entry(
        "ZS614", ERROR, "不知道是哪一类数据", "which data is this",
        "这个文件既像“{one}”又像“{other}”", "this could be `{one}` or `{other}`",
        "请写明：{one}={path} 或 {other}={path}", "say which: {one}={path} or {other}={path}",
    ),
    Entry(
        "ZS615", ERROR, "同类数据给了两份", "data given twice",
        "“{record}”的数据给了两份", "data for `{record}` is given twice",
        "请只留一份，或用 数据名=文件 写明另一份是什么", "keep one, or say with record=file what the other is",
    ),
    Entry(
        "ZS616", ERROR, "没有主数据", "no main data",
        "没有“{record}”的数据，无从决定", "there is no data for `{record}`, so nobody to decide about",
        "请给出文件，例如：{record}={record}.csv；工作簿里叫别的名称的一张表，写 {record}=文件名#表名",
        "name a file, such as: {record}={record}.csv; for a sheet of another name, {record}=file#sheet",
    ),
    Entry(
        "ZS617", ERROR, "文件夹里没有要的文件", "nothing of use in the folder",
        "文件夹里没有以 {records} 命名的数据文件；里面有：{files}",
        "the folder has no data file named after {records}; it has: {files}",
        "请按数据名给文件改名，或用 数据名=文件 写明", "name the files after the records, or write record=file",
    ),
    Entry(
        "ZS618", ERROR, "没有这类数据", "no such data",
        "政策里没有名为 `{name}` 的数据", "the policy has no record called `{name}`",
        "政策里有：{records}", "it has: {records}",
    ),
    Entry(
        "ZS619", ERROR, "不知道用哪张表", "which sheet",
        "有几张表都不是空的：{sheets}，不知道用哪一张",
        "several sheets hold something: {sheets}; which one is meant?",
        "请把工作表改名为 `{record}`，或写成 {record}=文件#表名",
        "rename the sheet to `{record}`, or write {record}=file#sheet",
    ),
    Entry(
        "ZS620", ERROR, "没有这张表", "no such sheet",
        "没有名为 `{sheet}` 的表", "there is no sheet called `{sheet}`",
        "有：{sheets}", "there are: {sheets}",
    ),
    Entry(
        "ZS621", ERROR, "工作簿有密码", "workbook with a password",
        "工作簿设有打开密码", "the workbook is protected by a password",
        "请在 Excel 中打开，去掉密码后另存为 .xlsx", "open it in Excel, remove the password and save it as .xlsx",
    ),
    Entry(
        "ZS622", ERROR, "旧格式", "old format",
        "不能读取 `{extension}` 格式的表格", "spreadsheets of format `{extension}` cannot be read",
        "请用 Excel 或 WPS 打开，另存为 .xlsx", "open it in a spreadsheet program and save it as .xlsx",
    ),
    Entry(
        "ZS623", ERROR, "工作簿已损坏", "damaged workbook",
        "工作簿已损坏或不是真正的 Excel 文件", "the workbook is damaged or not really an Excel file",
        "请用 Excel 打开后另存为 .xlsx", "open it in Excel and save it again as .xlsx",
    ),
    Entry(
        "ZS624", ERROR, "展开后过大", "too large unpacked",
        "展开后大得不合常理（{part}：{size} MB），没有读取",
        "it unpacks to an unreasonable size ({part}: {size} MB) and was not read",
        "请把需要的表复制到一个新工作簿中", "copy the sheet that is needed into a new workbook",
    ),
    Entry(
        "ZS625", ERROR, "表格外有零散内容", "stray cell",
        "单元格 {cell} 里有内容，离表格太远", "cell {cell} holds something far away from the table",
        "请清除这一格，或把表格复制到新工作簿", "clear that cell, or copy the table into a new workbook",
    ),
    Entry(
        "ZS626", ERROR, "数据中有合并单元格", "merged cells in the data",
        "列 {columns} 有合并单元格：{cells}", "cells are merged in {columns}: {cells}",
        "如果合并的各行都是同一个值，请加上 {options}；否则请取消合并，在每一行填上各自的值",
        "if all rows that are merged have the same value, add {options}; else unmerge them and fill in a value on every row",
    ),
    Entry(
        "ZS627", ERROR, "缺少 Parquet 组件", "Parquet support missing",
        "读取 Parquet 文件的组件没有安装", "the part that reads Parquet files is not installed",
        "请安装：pip install 'zhunsheng[parquet]'，或改用 CSV",
        "install it: pip install 'zhunsheng[parquet]', or use CSV",
    ),
    Entry(
        "ZS628", ERROR, "Parquet 文件已损坏", "damaged Parquet file",
        "Parquet 文件已损坏", "the Parquet file is damaged",
        "请重新导出", "export it again",
    ),
    Entry(
        "ZS629", ERROR, "列中有嵌套内容", "nested column",
        "列 `{column}` 里每一格是一组值（{kind}），不是一个值",
        "every cell of column `{column}` holds several values ({kind})",
        "请把它拆成普通的列，或单独做成一张表", "spread it over plain columns, or make it a table of its own",
    ),
    Entry(
        "ZS630", ERROR, "格式有误", "malformed",
        "不是有效的 {format}：{detail}", "not valid {format}: {detail}",
        "请改正这一处，或重新导出", "mend this place, or export it again",
    ),
    Entry(
        "ZS631", ERROR, "同一项写了两次", "name twice",
        "同一条里 `{name}` 写了两次", "`{name}` stands twice in the same entry",
        "请删去其中一个", "remove one of them",
    ),
    Entry(
        "ZS632", ERROR, "嵌套太深", "nested too deeply",
        "嵌套超过 {limit} 层", "nested more than {limit} levels deep",
        "数据应是一列条目，每条是“名称: 值”", "data should be a list of entries of names with values",
    ),
    Entry(
        "ZS633", ERROR, "不是有限数", "no finite number",
        "`{value}` 不是一个可以计算的数", "`{value}` is no number to reckon with",
        "没有值时请留空（null）", "leave it empty (null) where there is no value",
    ),
    Entry(
        "ZS634", ERROR, "不是一列条目", "not a list of entries",
        "内容应是一列条目，或“数据名: 一列条目”",
        "the content should be a list of entries, or such lists by record name",
        '例如 [{{"工号": "001"}}]', 'for example [{{"id": "001"}}]',
    ),
    Entry(
        "ZS635", ERROR, "引用了别处", "alias",
        "用 `*{name}` 引用了别处的内容，数据文件里不允许",
        "`*{name}` refers to another place, which data files may not do",
        "请把内容抄写出来", "write the content out",
    ),
    Entry(
        "ZS636", ERROR, "特殊标记", "tag",
        "带有特殊标记 `{tag}`，数据文件里不允许", "it carries the tag `{tag}`, which data files may not do",
        "请删去标记，只留值", "remove the tag and leave the value",
    ),
    Entry(
        "ZS637", ERROR, "文件在处理时被改动", "changed meanwhile",
        "文件在处理过程中被改动", "the file was changed while it was being worked on",
        "请保存并关闭它，然后重新运行", "save and close it, then run again",
    ),
    Entry(
        "ZS638", ERROR, "数据文件太大", "data file too large",
        "文件有 {size} MB，这种类型最多读 {limit} MB",
        "the file has {size} MB; of this kind at most {limit} MB are read",
        "请另存为 CSV", "save it as CSV",
    ),
    Entry(
        "ZS639", ERROR, "合并单元格跨了列", "cells merged across columns",
        "表中有合并单元格：{cells}，其中有的跨了几列或占了列标题",
        "cells are merged within the table: {cells}, some of them across columns or in the titles",
        "请取消合并，并在每一格填上各自的值", "unmerge them and fill in each cell",
    ),
    Entry(
        "ZS640", ERROR, "缺少列，也没有相近的", "missing column, none near",
        "缺少“{record}”需要的列：{columns}", "columns needed for `{record}` are missing: {columns}",
        "请补上这些列；允许没有的，可在政策中写“可缺”",
        "add them; what may be missing can be declared so in the policy",
    ),
    Entry(
        "ZS641", ERROR, "列标题都对不上", "titles of no record",
        "列标题（{titles}）与政策里的哪一类数据都对不上", "the titles ({titles}) fit none of the policy's records",
        "政策里有：{records}；请核对第一行的标题", "it has: {records}; check the titles in the first row",
    ),
    Entry(
        "ZS642", ERROR, "不是普通文件", "not an ordinary file",
        "这不是普通文件，没有打开", "this is not an ordinary file and was not opened",
        "请把数据存为文件后再给出", "save the data to a file first",
    ),
    Entry(
        "ZS643", ERROR, "列太多", "too many columns",
        "有 {count} 列，最多读 {limit} 列", "it has {count} {count:column|columns}; at most {limit} are read",
        "请只保留需要的列", "keep the columns that are needed",
    ),
    Entry(
        "ZS644", ERROR, "没有要用的数据，有一张表像是它", "no data for a record that is read, but a table like it",
        "没有“{record}”的数据，而政策要用它；没有使用的“{table}”像是它",
        "there is no data for `{record}`, which the policy reads; `{table}`, which was not used, is like it",
        "要用它，请写 {spec}，或把它改名为“{record}”；确实没有的，请加 --none {record}",
        "to use it, write {spec}, or call it `{record}`; if there is none, add --none {record}",
    ),
    Entry(
        "ZS645", ERROR, "没有要用的数据", "no data for a record that is read",
        "没有“{record}”的数据，而政策要用它", "there is no data for `{record}`, which the policy reads",
        "请给出文件，例如 {first}={first}.csv；工作簿里叫别的名称的一张表，写 {first}=文件名#表名；确实没有的，请加 {options}",
        "name a file, such as {first}={first}.csv; for a sheet of another name, {first}=file#sheet; "
        "if there is none, add {options}",
    ),
    Entry(
        "ZS646", ERROR, "没有使用的表像是数据", "an unused table like a record",
        "“{table}”没有使用，但它像是“{record}”", "`{table}` was not used, but it is like `{record}`",
        "要用它，请写 {spec}，或把它改名为“{record}”；不用它，请写明用哪些表：{others}",
        "to use it, write {spec}, or call it `{record}`; to leave it, say which tables to use: {others}",
    ),
    Entry(
        "ZS647", ERROR, "说没有又给了", "said to be none, yet given",
        "说了没有“{record}”（--none），却又给了它的数据", "there is said to be no `{record}` (--none), yet data for it is given",
        "请去掉 --none，或不给这份数据", "leave out --none, or the data",
    ),
    Entry(
        "ZS648", ERROR, "选项所指的列不存在", "option for no column",
        "{option} 所说的 `{name}` 不是政策里的这种列", "{option} speaks of `{name}`, which is no such column of the policy",
        "可以写的有：{columns}", "there are: {columns}",
    ),
    Entry(
        "ZS649", ERROR, "百分数有两种写法", "percentages on two scales",
        "列 `{column}` 混着两种写法：按允许的范围，`{one}` 只能是 {ratio}，`{other}` 只能是 {unit}",
        "column `{column}` mixes two scales: within the range allowed, `{one}` can only be {ratio} and `{other}` only {unit}",
        "请统一写法，把百分号写全；或加上 --percent {field}=小数 或 --percent {field}=百分数，不合的行会被搁置",
        "write them alike, with the sign; or add --percent {field}=ratio or --percent {field}=percent, "
        "and the rows that do not fit are set aside",
    ),
    Entry(
        "ZS690", ERROR, "百分数有两种读法", "scale of percentages in doubt",
        "列 `{column}` 的数没有百分号，有两种读法（{examples}）：`{example}` 是 {unit}，还是 {ratio}？",
        "numbers of column `{column}` have no sign and two readings ({examples}): is `{example}` {unit} or {ratio}?",
        "如果 `{example}` 是 {ratio}，请加上 --percent {field}=小数；如果是 {unit}，请加上 --percent {field}=百分数；"
        "也可以在数据中把百分号写全",
        "if `{example}` is {ratio}, add --percent {field}=ratio; if it is {unit}, add --percent {field}=percent; "
        "or write the sign behind every number",
    ),
    Entry(
        "ZS691", ERROR, "编码可疑", "damaged UTF-8 or another encoding",
        "文字不全是 UTF-8：第 {offset} 个字节起有损坏，或者整个文件是另一种编码",
        "the text is not all UTF-8: it is damaged at byte {offset}, or the whole file is in another encoding",
        "请重新导出为“CSV UTF-8”；如果确知是国标编码，请加上 --input-encoding gb18030",
        "export it again as “CSV UTF-8”; if you are sure that it is in the Chinese encoding, "
        "add --input-encoding gb18030",
    ),
    Entry(
        "ZS692", ERROR, "数据中没有这一项", "no such field in the policy",
        "“{record}”没有名为 `{name}` 的项", "`{record}` has no field called `{name}`",
        "请改成 {nearest}，或删去 `{name}`", "write {nearest}, or leave `{name}` out",
    ),
    Entry(
        "ZS697", ERROR, "百分数的读法说了两种", "two answers for percentages",
        "--percent 对 `{name}` 说了两种不同的读法", "--percent gives two different answers for `{name}`",
        "请只留一个", "keep one of them",
    ),
    Entry(
        "ZS698", ERROR, "没有主数据，有表未使用", "no main data, but tables not used",
        "没有“{record}”的数据，无从决定；这些表没有使用：{tables}",
        "there is no data for `{record}`, so nobody to decide about; these were not used: {tables}",
        "如果其中有它，请写明，例如 {spec}", "if it is among them, say so, such as {spec}",
    ),
    Entry(
        "ZS696", ERROR, "没有要用的数据，有表未使用", "no data for a record that is read, but tables not used",
        "没有“{record}”的数据，而政策要用它；这些表没有使用：{tables}",
        "there is no data for `{record}`, which the policy reads; these were not used: {tables}",
        "如果其中有它，请写明，例如 {spec}；确实没有的，请加 {options}",
        "if it is among them, say so, such as {spec}; if there is none, add {options}",
    ),
    Entry(
        "ZS693", ERROR, "数据名写错", "no such list of data",
        "政策里没有名为 `{name}` 的数据", "the policy has no record called `{name}`",
        "请改成 {nearest}，或删去 `{name}`", "write {nearest}, or leave `{name}` out",
    ),
    Entry(
        "ZS694", ERROR, "标题行重复", "two rows of titles",
        "第 {first} 行和第 {row} 行都像列标题", "rows {first} and {row} could both hold the titles of the columns",
        "请只留下真正的列标题，删去另一行", "keep the row that holds the titles and delete the other",
    ),
    Entry(
        "ZS695", ERROR, "没有主数据，有一张表像是它", "no main data, but a table like it",
        "没有“{record}”的数据，无从决定；没有使用的“{table}”像是它",
        "there is no data for `{record}`, so nobody to decide about; `{table}`, which was not used, is like it",
        "请写 {spec}，或把它改名为“{record}”", "write {spec}, or call it `{record}`",
    ),
)  # fmt: skip

_NOTES: tuple[Entry, ...] = (
    Entry("ZS651", NOTE, "文字编码", "encoding", "文字按 {encoding} 读取", "the text was read as {encoding}"),
    Entry("ZS652", NOTE, "分隔符", "separator", "各列以 {separator} 分隔", "columns are separated by {separator}"),
    Entry(
        "ZS653", NOTE, "已规整", "tidied",
        "列 `{column}` 有 {count} 格写法不规范，已按原意读取，例如 `{example}`",
        "{count} cells of column `{column}` were read by what they mean, such as `{example}`",
    ),
    Entry(
        "ZS654", NOTE, "未使用的列", "columns not used",
        "有 {count} 列政策没有用到，未读取：{columns}",
        "{count} {count:column is|columns are} not used by the policy and {count:was|were} ignored: {columns}",
    ),
    Entry(
        "ZS655", NOTE, "隐藏的行", "hidden rows",
        "有 {count} 个隐藏（或被筛选掉）的行，已一并读取",
        "{count} hidden (or filtered) rows were read like the others",
    ),
    Entry(
        "ZS656", NOTE, "隐藏的列", "hidden columns",
        "有隐藏的列，已一并读取：{columns}", "hidden columns were read like the others: {columns}",
    ),
    Entry(
        "ZS657", NOTE, "隐藏的表", "hidden sheet",
        "这张表是隐藏的，已照常读取", "this sheet is hidden and was read like any other",
    ),
    Entry(
        "ZS658", NOTE, "可能被截断", "maybe cut off",
        "正好 {count} 行，这是旧程序能容纳的上限，后面的行可能在导出时丢失",
        "exactly {count} rows, the most that some programs can hold: rows may have been lost when it was exported",
        "请与原系统核对总行数", "compare the number of rows with the system it came from",
    ),
    Entry("ZS659", NOTE, "只有标题", "titles only", "只有列标题，没有数据行", "there are titles but no rows"),
    Entry("ZS660", NOTE, "空行", "blank rows", "略过 {count} 个空行", "{count} blank rows were passed over"),
    Entry(
        "ZS661", NOTE, "可缺的列", "optional columns",
        "没有可缺的列 {columns}，各行均按缺失处理",
        "optional columns {columns} are not there; they count as missing on every row",
    ),
    Entry(
        "ZS662", NOTE, "完全相同的行", "repeated rows",
        "有 {count} 行与前面的行完全相同，只计一次", "{count} {count:row repeats|rows repeat} another row exactly and {count:counts|count} once",
    ),
    Entry(
        "ZS663", NOTE, "未使用的文件", "files not used",
        "文件夹中的这些文件未使用：{files}", "these files of the folder were not used: {files}",
    ),
    Entry(
        "ZS664", NOTE, "未使用的表", "sheets not used",
        "这些表未使用：{sheets}", "these sheets were not used: {sheets}",
    ),
    Entry(
        "ZS665", NOTE, "没有给数据", "no data given",
        "没有给出“{record}”的数据", "no data was given for `{record}`",
    ),
    Entry(
        "ZS666", NOTE, "表外的内容", "beside the table",
        "有 {count} 行在没有标题的列里写了内容，未读取",
        "{count} {count:row holds|rows hold} something in columns without a title, which was ignored",
    ),
    Entry(
        "ZS667", NOTE, "标题上方的行", "rows above the titles not read",
        "列标题从第 {row} 行开始，上方的各行没有读取", "the titles stand from row {row} on; the rows above were not read",
    ),
    Entry(
        "ZS668", NOTE, "两行标题", "titles over two rows",
        "第 {first} 行和第 {last} 行合起来读作列标题", "rows {first} and {last} were read together as the titles",
    ),
    Entry(
        "ZS669", NOTE, "合并单元格已填充", "merged cells filled",
        "列 `{column}` 有 {count} 处合并单元格（例如 {first}），已按 --fill-down 在每一行填上首格的值",
        "{count} merged blocks of column `{column}` (such as {first}) were filled with their first value, by --fill-down",
    ),
    Entry(
        "ZS670", NOTE, "没有规则用到的值", "values that no rule reads",
        "列 `{column}` 有 {count} 格不能用（例如 `{example}`）；没有规则用到这一列，各行照常，这些格按空处理",
        "{count} cells of column `{column}` cannot be used (such as `{example}`); no rule reads it, so the rows count and "
        "the cells are taken as empty",
    ),
    Entry(
        "ZS671", NOTE, "几乎相同的值", "nearly the same values",
        "列 `{column}` 里有几乎相同的写法，按不同的值处理：{spellings}；括号内是行号，如果是同一个，请改成一样",
        "column `{column}` has nearly the same values, taken as different: {spellings}; rows are in brackets, "
        "and if they are one, write them alike",
    ),
)  # fmt: skip

_ROWS: tuple[Entry, ...] = (
    Entry(
        "ZS701", FINDING, "没有值", "no value",
        "没有填", "it is empty",
        "请补上；允许空缺的，可在政策中写“可缺”", "fill it in, or let the policy say that it may be missing",
    ),
    Entry(
        "ZS702", FINDING, "编号没有填", "no id",
        "没有填编号，不知道是谁", "there is no id, so nobody knows whose row it is",
        "请补上编号", "fill in the id",
    ),
    Entry(
        "ZS703", FINDING, "编号重复", "id twice",
        "编号 `{key}` 出现在第 {rows} 行，内容不一样", "id `{key}` stands on rows {rows}, and they differ",
        "请留下正确的一行", "keep the row that is right",
    ),
    Entry(
        "ZS704", FINDING, "数据中看不见的坏字符", "invisible character in the data",
        "含有看不见的坏字符（NUL）", "it contains a NUL character",
        "请重新输入这一行，或重新导出", "type this row again, or export the file again",
    ),
    Entry(
        "ZS705", FINDING, "格数太少", "too few cells",
        "只有 {count} 格，应有 {width} 格", "it has {count} cells where {width} are needed",
        "请核对是否少了分隔符", "see whether a separator is missing",
    ),
    Entry(
        "ZS706", FINDING, "格数太多", "too many cells",
        "有 {count} 格，应有 {width} 格", "it has {count} cells where {width} are needed",
        "文字里若有逗号，请用英文双引号把整格括起来", "a text with commas needs quotes around it",
    ),
    Entry(
        "ZS707", FINDING, "引号用错", "misplaced quote",
        "英文双引号用得不对", "a quote stands where it should not",
        "整格用一对双引号括起，文字中的引号写两遍", "put quotes around the whole cell and write inner ones twice",
    ),
    Entry(
        "ZS708", FINDING, "不是数", "not a number",
        "`{value}` 不是数", "`{value}` is not a number",
        "请只写数字，例如 85 或 85.5", "write digits only, such as 85 or 85.5",
    ),
    Entry(
        "ZS709", FINDING, "单位不符", "other unit",
        "`{value}` 的单位是 {unit}，这里应是 {known_unit}", "`{value}` is in {unit}, but this is in {known_unit}",
        "请换算后填写，不必写单位", "convert it; the unit need not be written",
    ),
    Entry(
        "ZS710", FINDING, "不应有单位", "unit not expected",
        "`{value}` 带有 {unit}，而这一项是没有单位的数", "`{value}` has {unit}, but this is a number without a unit",
        "请只写数，或在政策中为这一项写上单位", "write the number alone, or give it a unit in the policy",
    ),
    Entry(
        "ZS711", FINDING, "数有两种读法", "number in doubt",
        "`{value}` 里的逗号有不同的读法", "the comma in `{value}` can be read in several ways",
        "请不要写千位分隔，小数点用 `.`", "leave out thousands separators and use `.` for decimals",
    ),
    Entry(
        "ZS712", FINDING, "不是有限的数", "not finite",
        "`{value}` 不是一个可以计算的数", "`{value}` is no number to reckon with",
        "没有值时请留空", "leave it empty where there is no value",
    ),
    Entry(
        "ZS713", FINDING, "小数位太多", "too many decimals",
        "{given} 的小数位太多，最多 {places} 位", "{given} has more than the {places} decimals allowed",
        "请按规定的位数填写；系统不会替您四舍五入", "write it with the decimals allowed; nothing is rounded for you",
    ),
    Entry(
        "ZS714", FINDING, "超出范围", "out of range",
        "{given} 不在 {low} 至 {high} 之间", "{given} is not between {low} and {high}",
        "请核对是否填错，或单位不对", "see whether it is a slip or another unit",
    ),
    Entry(
        "ZS715", FINDING, "不是整数", "not whole",
        "{given} 不是整数", "{given} is not a whole number",
        "请填整数", "write a whole number",
    ),
    Entry(
        "ZS716", FINDING, "没有声明的缺失写法", "undeclared word for missing",
        "`{word}` 像是“没有值”，但政策没有声明这种写法",
        "`{word}` seems to say that there is no value, but the policy knows no such word",
        "请在政策中写 可缺 ({word})，或补上真正的值",
        "declare `{word}` in the policy as a word for missing, or fill in the value",
    ),
    Entry(
        "ZS717", FINDING, "不是是否", "not yes or no",
        "`{value}` 不是“是”或“否”", "`{value}` is neither yes nor no",
        "请填 是 或 否", "write yes or no",
    ),
    Entry(
        "ZS718", FINDING, "1 和 0 含义不明", "1 and 0 in doubt",
        "`{value}` 不说明是“是”还是“否”", "`{value}` does not say yes or no",
        "请填 是 或 否，不要用 1 和 0", "write yes or no instead of 1 and 0",
    ),
    Entry(
        "ZS719", FINDING, "不是日期", "not a date",
        "`{value}` 不是日期", "`{value}` is not a date",
        "请写成 2024-05-01", "write it as 2024-05-01",
    ),
    Entry(
        "ZS720", FINDING, "日期有几种读法", "date in doubt",
        "`{value}` 有几种读法：哪个是年、月、日？",
        "`{value}` can be read in several ways: which is the year, the month, the day?",
        "请写成 2024-05-01", "write it as 2024-05-01",
    ),
    Entry(
        "ZS721", FINDING, "数据中没有这一天", "date not in the calendar",
        "日历上没有 `{value}`", "there is no `{value}` in the calendar",
        "请核对月份和日子", "check the month and the day",
    ),
    Entry(
        "ZS722", FINDING, "不是这种期间", "not such a period",
        "`{value}` 不能读作这里要的期间", "`{value}` is not a period of the kind needed here",
        "请写成 {example}", "write it as {example}",
    ),
    Entry(
        "ZS723", FINDING, "不在选项中", "not among the choices",
        "`{value}` 不在选项里，最接近的是 `{nearest}`",
        "`{value}` is none of the choices; the nearest is `{nearest}`",
        "如果就是它，请改为 `{nearest}`", "if that is meant, write `{nearest}`",
    ),
    Entry(
        "ZS724", FINDING, "不在选项中，也没有相近的", "not among the choices, none near",
        "`{value}` 不在选项里（{values}）", "`{value}` is none of the choices ({values})",
        "请填其中之一，或在政策中加上它", "write one of them, or add it to the policy",
    ),
    Entry(
        "ZS725", FINDING, "公式没有结果", "formula without a result",
        "这一格是公式，文件里没有存它的结果", "this cell is a formula whose result is not stored",
        "请用 Excel 打开、重新计算并保存，或粘贴为数值",
        "open it in Excel, recalculate and save, or paste it as a value",
    ),
    Entry(
        "ZS726", FINDING, "公式出错", "formula error",
        "这一格是公式错误 `{error}`", "this cell is the formula error `{error}`",
        "请改正公式，或填上真正的值", "mend the formula, or fill in the value",
    ),
    Entry(
        "ZS727", FINDING, "变成了日期", "turned into a date",
        "这一格在表格程序里是日期（{value}），这里要的不是日期",
        "the spreadsheet holds a date here ({value}), but no date is wanted",
        "请把这一列设为“文本”或“常规”后重新填写", "format the column as text or general and type it again",
    ),
    Entry(
        "ZS728", FINDING, "长号码丢了尾数", "long id cut off",
        "长号码存成了数（{value}），末尾几位已经丢失",
        "a long id was stored as a number ({value}) and has lost its last digits",
        "请把这一列设为“文本”，再从原系统重新导入", "format the column as text and import it again",
    ),
    Entry(
        "ZS729", FINDING, "合计行", "totals row",
        "这像是合计行，不是一个人或一笔", "this looks like a row of totals",
        "请删去合计行；如果确是数据，请改名", "delete it; if it is data, give it another name",
    ),
    Entry(
        "ZS730", FINDING, "一格多值", "several values in one cell",
        "这里是一组值，不是一个值", "there are several values where one is needed",
        "请只填一个值", "write one value",
    ),
    Entry(
        "ZS731", FINDING, "不是一条数据", "not an entry",
        "这一条不是“名称: 值”的形式", "this entry does not consist of names with values",
        '例如 {{"工号": "001"}}', 'for example {{"id": "001"}}',
    ),
    Entry(
        "ZS732", FINDING, "数据中的数太长", "number in the data too long",
        "数太长：`{value}`…", "the number is too long: `{value}`…",
        "请核对是否填错列", "see whether it belongs to another column",
    ),
    Entry(
        "ZS733", FINDING, "小于下限", "below the least",
        "{given} 小于下限 {bound}", "{given} is less than {bound}",
        "请核对是否填错，或单位不对", "see whether it is a slip or another unit",
    ),
    Entry(
        "ZS734", FINDING, "大于上限", "above the most",
        "{given} 大于上限 {bound}", "{given} is more than {bound}",
        "请核对是否填错，或单位不对", "see whether it is a slip or another unit",
    ),
    Entry(
        "ZS735", FINDING, "不知属于谁", "belongs to nobody",
        "没有编号为“{key}”的{owner}，是不是“{near}”？", "there is no {owner} `{key}`; is it `{near}`?",
        "请核对编号；人漏了的，请补到数据里", "see whether the key is a slip, or the other row is lacking",
    ),
    Entry(
        "ZS736", FINDING, "所属的行已搁置", "its owner is set aside",
        "它属于“{key}”，而那一行（{where} 第 {row} 行）已搁置",
        "it belongs to `{key}`, whose row ({where} row {row}) is set aside",
        "先改好那一行", "mend that row first",
    ),
    Entry(
        "ZS737", FINDING, "日期的序数超出日历", "day number outside the calendar",
        "`{value}` 在表格程序里不是任何一天（天数从 1 到 2958465）",
        "`{value}` is the number of no day in a spreadsheet (days go from 1 to 2958465)",
        "请改成真正的日期，例如 2024-05-01", "write the date itself, such as 2024-05-01",
    ),
    Entry(
        "ZS738", FINDING, "号码变成了科学记数法", "id in scientific notation",
        "`{value}` 是科学记数法，原来的号码已经丢失", "`{value}` is scientific notation: the id that stood here is lost",
        "请把这一列设为“文本”，再从原系统重新导出", "format the column as text and export it again",
    ),
    Entry(
        "ZS739", FINDING, "表下方的落款或备注", "foot of the table",
        "这像是表下方的落款或备注，不是一个人或一笔", "this looks like the foot of the table, such as who prepared it",
        "请删去这一行；如果确是数据，请改写这一格", "delete the row; if it is data, write this cell differently",
    ),
    Entry(
        "ZS741", FINDING, "按小数读超出范围", "out of range as a ratio",
        "{given} 按小数读是 {told}，超出允许的范围", "{given} read as a ratio is {told}, which is out of range",
        "请把百分号写全，或去掉 --percent", "write the sign behind the number, or leave out --percent",
    ),
    Entry(
        "ZS740", FINDING, "只有一格有内容", "a lone cell",
        "这一行只有这一格有内容，其他必须有的列都是空的", "nothing but this cell stands in the row; the other columns that must be there are empty",
        "是落款或备注的，请删去；是一个人或一笔的，请补上其他各列", "delete it if it is a remark; if it is data, fill in the other columns",
    ),
    Entry(
        "ZS743", FINDING, "身份证号不是 18 位", "identity number of another length",
        "这个身份证号不是 18 位",
        "this identity number has not 18 signs",
        "请对照证件改正；在表格软件里，这一列要先设成文本再录入，否则末几位会变成 0",
        "correct it by the card; in a spreadsheet make the column text first, or its last digits turn into 0",
    ),
    Entry(
        "ZS744", FINDING, "身份证号里有别的字", "another sign in an identity number",
        "这个身份证号里有数字以外的字",
        "there is something else than digits in this identity number",
        "请对照证件改正；在表格软件里，这一列要先设成文本再录入，否则末几位会变成 0",
        "correct it by the card; in a spreadsheet make the column text first, or its last digits turn into 0",
    ),
    Entry(
        "ZS745", FINDING, "身份证号里没有这一天", "no such day in an identity number",
        "这个身份证号的第 7 到 14 位不是日期",
        "digits 7 to 14 of this identity number are no date",
        "请对照证件改正；在表格软件里，这一列要先设成文本再录入，否则末几位会变成 0",
        "correct it by the card; in a spreadsheet make the column text first, or its last digits turn into 0",
    ),
    Entry(
        "ZS746", FINDING, "身份证号校验不对", "wrong check digit",
        "这个身份证号的最后一位与前 17 位对不上，有一位录错了",
        "the last sign of this identity number does not fit the others: one of them is wrong",
        "请对照证件改正；在表格软件里，这一列要先设成文本再录入，否则末几位会变成 0",
        "correct it by the card; in a spreadsheet make the column text first, or its last digits turn into 0",
    ),
    Entry(
        "ZS742", FINDING, "所属的行不知属于谁", "its owner belongs to nobody",
        "它属于“{key}”，而那一行（{where} 第 {row} 行）不知属于谁",
        "it belongs to `{key}`, whose row ({where} row {row}) belongs to nobody",
        "先改好那一行", "mend that row first",
    ),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = _FILES + _NOTES + _ROWS
