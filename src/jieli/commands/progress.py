"""How far a backup or a restore is, for who is looking."""

from jieli.commands.output import Output
from jieli.upkeep.archive import Step, Watch

STEPS = {
    Step.DATABASE: ("数据表", "Tables"),
    Step.FILES: ("文件", "Files"),
    Step.CHECK: ("核对", "Checked"),
}


def watching(out: Output) -> Watch:
    """Shows how far each step is."""

    def watch(step: Step, done: int, total: int) -> None:
        zh, en = STEPS[step]
        out.progress(done, total, zh=zh, en=en)

    return watch
