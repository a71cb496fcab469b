"""What is said beside a second place that belongs to a diagnostic."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    "defined": ("在这里定义", "defined here"),
    "first": ("先在这里", "first used here"),
    "other_row": ("另一行", "the other row"),
    "part": ("分项", "a part"),
    "weight": ("权重", "a weight"),
    "opened": ("从这里开始", "opened here"),
    "statement": ("上面的“{name}”", "`{name}` above"),
    "gives": ("最多 {most}", "at most {most}"),
    "endless": ("没有上限", "no upper bound"),
    "reaches": ("满分 {full}，最多 {most}", "worth {full}, reaches {most}"),
}
"""Chinese and English text by the key that a label carries."""
