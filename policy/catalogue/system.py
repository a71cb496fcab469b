"""What the operating system says of a file that cannot be read or written, in Chinese and English, by its own name for it.

Its own sentences are in one language only.
"""

from __future__ import annotations

from errno import errorcode

SYSTEM: dict[str, tuple[str, str]] = {
    "ENOENT": ("没有这个文件或文件夹", "no such file or folder"),
    "EACCES": ("没有权限", "no permission"),
    "EPERM": ("不允许这样做", "not permitted"),
    "EROFS": ("那里只能读，不能写", "that place can be read only"),
    "ENOSPC": ("磁盘已满", "the disk is full"),
    "EDQUOT": ("可用的空间已用完", "the space allowed is used up"),
    "EFBIG": ("文件太大", "the file is too large"),
    "EISDIR": ("这是一个文件夹", "it is a folder"),
    "ENOTDIR": ("路径中有一段不是文件夹", "part of the path is no folder"),
    "EEXIST": ("那里已有同名的文件", "there is one of that name"),
    "ENAMETOOLONG": ("名称太长", "the name is too long"),
    "EBUSY": ("正被占用", "it is in use"),
    "ETXTBSY": ("正被占用", "it is in use"),
    "ELOOP": ("链接绕成了圈", "the links run in a circle"),
    "EIO": ("磁盘读写出错", "the disk failed"),
    "EMFILE": ("打开的文件太多", "too many files are open"),
    "ENOMEM": ("内存不够", "there is not enough memory"),
}


def why_of(error: Exception) -> str:
    """Why a file cannot be read or written: a name known here, else the system's own words."""
    name = errorcode.get(getattr(error, "errno", None) or 0, "")
    return name if name in SYSTEM else getattr(error, "strerror", None) or str(error)
