"""Kill indexing at random moments, and fill its disk, and see that nothing is lost: `python benchmarks/faults.py`.

300 mixed files (Markdown, text, HTML, DOCX, PDF; a tenth in Chinese) are indexed with embedders that only hash, by a
process of its own that is killed (SIGKILL) at a moment chosen evenly over the processor time that the work takes.
Three kinds of work take turns: the first index; a re-index after a third of the files was edited, moved, deleted or
added; a rebuild beside the old index. Right after the kill the index must open, search, and hold each document whole,
as it was before or as it is now. Then indexing runs once more, and the index must hold exactly what a fresh index of
the same files holds: each passage once, each vector once, no word of what was edited away.

With --full-disk, instead of a kill, files cannot grow beyond a random size (RLIMIT_FSIZE), as on a full disk.
With --models the bundled embedding models are used instead of hashing ones; it takes minutes a kill.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import docx
import fpdf

from policybot import PolicyBot, load_settings
from policybot.errors import PolicybotError
from policybot.indexing import EmbeddingModels, ModelChoices, open_index
from policybot.indexing.places import current
from policybot.testing import HashingEmbedder
from policybot.text.detecting import detect_language

SEED = 20260101
WORDS = "council harbour quay ferry tree library budget plan target energy school road water market tax grant".split()
CHINESE = "市图书馆每天开放十四小时周末不闭馆读者证押金全额退还人均藏书量应达到"
WORKS = ("first", "again", "rebuild")


# Documents


def text_of(number: int, edition: int, chance: random.Random) -> str:
    """A document of two to four short sections, one of which names its edition."""
    if number % 10 == 0:
        parts = ["".join(chance.choices(CHINESE, k=60)) + "。" for _ in range(3)]
        parts.append(f"第{number}号文件的标记是{marker(number, edition)}。")
        return f"# 文件{number}\n\n" + "".join(f"## 第{i}节\n\n{part}\n\n" for i, part in enumerate(parts))
    parts = [" ".join(chance.choices(WORDS, k=40)).capitalize() + "." for _ in range(chance.randint(1, 3))]
    parts.append(f"The marker of report {number} is {marker(number, edition)}.")
    return f"# Report {number}\n\n" + "".join(f"## Section {i}\n\n{part}\n\n" for i, part in enumerate(parts))


def marker(number: int, edition: int) -> str:
    """A word that stands in one edition of one document only."""
    return f"mark{number}x{edition}"


def write(folder: Path, number: int, edition: int, *, name: str = "") -> None:
    """Write a document in the format that its number gives."""
    text = text_of(number, edition, random.Random(number * 100 + edition))
    kind = ("md", "md", "txt", "html", "md", "docx", "txt", "html", "md", "pdf")[number % 10 if number % 10 else 4]
    path = folder / (name or f"{number % 7}/{number:03}.{kind}")
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [line for line in text.splitlines() if line]
    if path.suffix == ".html":
        body = "".join(f"<h{line.count('#')}>{line.strip('# ')}</h{line.count('#')}>" if line.startswith("#")
                       else f"<p>{line}</p>" for line in lines)  # fmt: skip
        path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    elif path.suffix == ".docx":
        made = docx.Document()
        for line in lines:
            made.add_heading(line.strip("# "), line.count("#")) if line.startswith("#") else made.add_paragraph(line)
        made.save(str(path))
    elif path.suffix == ".pdf":
        pdf = fpdf.FPDF()
        pdf.add_page()
        pdf.set_font("helvetica", size=11)
        for line in lines:
            pdf.multi_cell(0, 6, line.strip("# "), new_x="LMARGIN", new_y="NEXT")
        pdf.output(str(path))
    else:
        path.write_text(text, encoding="utf-8")


def change(folder: Path, files: int) -> None:
    """Edit a fifth, move a fifteenth, delete a fifteenth, add a fifteenth."""
    for number in range(1, files, 5):
        write(folder, number, 2)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths[3::15]:
        (folder / "moved").mkdir(exist_ok=True)
        path.rename(folder / "moved" / path.name)
    for path in paths[8::15]:
        path.unlink()
    for number in range(1000, 1000 + files // 15):
        write(folder, number, 1)


# In processes of their own


@dataclass(frozen=True)
class Setting:
    """Where everything lies."""

    documents: Path
    data: Path
    models: bool = False

    def bot(self, **settings: object) -> PolicyBot:
        """A bot over the data folder."""
        given = {"data_dir": self.data, "documents_dir": self.documents, "chat_model": "none", **settings}
        return PolicyBot(load_settings(**given), embedding_models=self.embedders())

    def embedders(self) -> EmbeddingModels | None:
        """Embedders that only hash; None for the bundled models."""
        if self.models:
            return None
        return EmbeddingModels(HashingEmbedder("all.1"), {"en": HashingEmbedder("english.1")})


def apart(work: Callable[[], Any], *, kill_after_s: float | None = None) -> tuple[int, Any]:
    """Do work in a fork; returns how it ended (0, or the signal) and what it returned.

    Args:
        kill_after_s: Kill it when it has used so much processor time, which other programs do not stretch.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reader)
            # So that what is returned, however long, does not block before it has ended.
            with tempfile.TemporaryFile("w+") as said:
                json.dump({"returned": work(), "cpu_s": time.process_time()}, said)
                said.seek(0)
                with os.fdopen(writer, "w") as stream:
                    shutil.copyfileobj(said, stream)
            code = 0
        except BaseException:  # noqa: BLE001  # told on standard error; the exit code says it, too
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writer)
    while kill_after_s is not None:
        if _cpu_s(child) >= kill_after_s:
            time.sleep(random.random() * _TICK_S)
            os.kill(child, signal.SIGKILL)
            break
        time.sleep(_TICK_S / 4)
    with os.fdopen(reader) as stream:
        said = stream.read()
    _, status = os.waitpid(child, 0)
    ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return ended, json.loads(said) if said and ended == 0 else None


_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def _cpu_s(process: int) -> float:
    """Processor time that a process has used; endless when it has ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return float("inf") if fields[0] in "ZX" else (int(fields[11]) + int(fields[12])) * _TICK_S


def index(setting: Setting, work: str) -> dict[str, Any]:
    """Index; a rebuild changes the size of passages, which needs a new index beside the old one."""
    with setting.bot(passage_tokens=60 if work.startswith("rebuil") else 340) as bot:
        report = bot.index()
    return {"embedded": report.embedded, "changes": len(report.changes), "seconds": report.seconds}


def index_on_full_disk(setting: Setting, work: str, limit: int) -> dict[str, Any]:
    """Index while no file can grow beyond a limit."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with setting.bot():  # the data folder's files exist, as they do when a disk fills up
            pass
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        return index(setting, work)
    except PolicybotError as exc:
        return {"refused": f"{type(exc).__name__}: {exc}"}


def contents(setting: Setting, tokens: int) -> dict[str, Any]:
    """What the index holds of each document, by name; and everything that is wrong with it in itself."""
    held: dict[str, Any] = {}
    wrong: list[str] = []
    with setting.bot(passage_tokens=tokens) as bot, open_index(current(setting.data)) as index:
        catalogue, vectors = index.catalogue, index.vectors
        models = setting.embedders() or ModelChoices(bot.settings).wanted()
        for summary in bot.documents():
            document = bot.document(summary.id)
            passages = [record.passage for record in catalogue.passages_of(summary.id)]
            if summary.name in held:
                wrong.append(f"{summary.name} is there twice")
            held[summary.name] = [document.version, [[p.text, p.start, list(p.section)] for p in passages]]
        whole = True
        for language in catalogue.languages():
            wanted = catalogue.passage_ids(language)
            for model in (models.first(language), models.multilingual):
                whole = whole and vectors.ids(model.name, language=language) == wanted
        twice = [k for k, n in Counter(catalogue._store.rows("SELECT rowid FROM keywords")).items() if n > 1]
        rows = len(catalogue._store.rows("SELECT rowid FROM keywords")), bot.counts()[1]
        if twice or rows[0] != rows[1]:
            wrong.append(f"{rows[0]} rows of keywords for {rows[1]} passages")
        if bot.counts()[0]:
            catalogue.search_keywords("marker of the report", language="en", limit=3)
            vectors.search(models.multilingual.name, models.multilingual.embed_query("x"), language="en", limit=3)
    return {"documents": held, "wrong": wrong, "vectors_whole": whole}


# Rounds


@dataclass
class Round:
    """One fault and what came after it."""

    work: str
    after_s: float
    killed: bool
    problems: list[str]


class Faults:
    """Makes the folders once, then does rounds."""

    def __init__(self, place: Path, files: int, *, models: bool = False) -> None:
        self._place = place
        self._models = models
        self._files = files
        for name, changed in (("old", False), ("new", True)):
            folder = place / name
            for number in range(files):
                write(folder, number, 1)
            if changed:
                change(folder, files)
        self._fresh, self._takes = {}, {}
        # The last is what a rebuild leaves between its switch and the comparison with the files that follows it.
        for work, folder, tokens in (
            ("first", "old", 340),
            ("again", "new", 340),
            ("rebuild", "new", 60),
            ("rebuilt", "old", 60),
        ):
            self._show(folder)
            setting = Setting(place / "documents", place / f"fresh-{work}", models)
            ended, said = apart(lambda setting=setting, work=work: index(setting, work))
            assert ended == 0, f"a run without any fault ended with {ended}"
            held = apart(lambda setting=setting, tokens=tokens: contents(setting, tokens))[1]["returned"]
            assert held["vectors_whole"], "vectors are missing without any fault"
            assert not held["wrong"], held["wrong"]
            self._fresh[work] = held["documents"]
            self._takes[work] = said["cpu_s"]
        # What re-indexing and rebuilding take is measured from where they begin.
        for work in ("again", "rebuild"):
            setting = self._begin(work, "timing")
            self._takes[work] = apart(lambda setting=setting, work=work: index(setting, work))[1]["cpu_s"]

    def _begin(self, work: str, name: str) -> Setting:
        """The state before the work: nothing; the old files indexed; the old files indexed with larger passages."""
        data = self._place / name
        shutil.rmtree(data, ignore_errors=True)
        if work != "first":
            shutil.copytree(self._place / "fresh-first", data)
        self._show("old" if work == "first" else "new")
        return Setting(self._place / "documents", data, self._models)

    def _show(self, folder: str) -> None:
        """Let the old or the new files lie where the index knows them; their times stay."""
        documents, shown = self._place / "documents", self._place / "shown"
        before = shown.read_text() if shown.exists() else ""
        if before != folder:
            if before:
                documents.rename(self._place / before)
            (self._place / folder).rename(documents)
            shown.write_text(folder)

    def kill(self, work: str, after_s: float) -> Round:
        """Kill the work after so much processor time, then see what is left and what the next run makes of it."""
        setting = self._begin(work, "data")
        ended, _ = apart(lambda: index(setting, work), kill_after_s=after_s)
        return self._aftermath(work, after_s, setting, killed=ended == signal.SIGKILL)

    def fill_disk(self, work: str, limit: int) -> Round:
        """Let no file grow beyond a limit, then see what is left and what the next run makes of it."""
        setting = self._begin(work, "data")
        ended, said = apart(lambda: index_on_full_disk(setting, work, limit))
        found = self._aftermath(work, limit / 1e6, setting, killed=bool(said and "refused" in said["returned"]))
        if ended != 0:
            found.problems.insert(0, f"the full disk ended the process with {ended} instead of an error that says so")
        return found

    def _aftermath(self, work: str, after_s: float, setting: Setting, *, killed: bool) -> Round:
        problems: list[str] = []
        tokens = 60 if work == "rebuild" else 340
        before = {} if work == "first" else self._fresh["first"]
        ended, held = apart(lambda: contents(setting, tokens))
        if ended != 0:
            problems.append("after the fault the index cannot be read")
        else:
            held = held["returned"]
            problems += [f"after the fault: {each}" for each in held["wrong"]]
            # A document that has moved on with another size of passages is whole, too.
            whole = {json.dumps(entry) for known in (before, *self._fresh.values()) for entry in known.values()}
            strange = [name for name, entry in held["documents"].items() if json.dumps(entry) not in whole]
            problems += [f"after the fault: {name} is neither whole as it was nor whole as it is" for name in strange]
        ended, _ = apart(lambda: index(setting, work))
        if ended != 0:
            return Round(work, after_s, killed, [*problems, "the next run failed"])
        ended, held = apart(lambda: contents(setting, tokens))
        ended_again, again = apart(lambda: index(setting, work))
        if ended or ended_again:
            return Round(work, after_s, killed, [*problems, "after the next run the index cannot be read"])
        held, again = held["returned"], again["returned"]
        problems += [f"after the next run: {each}" for each in held["wrong"]]
        if not held["vectors_whole"]:
            problems.append("after the next run vectors are missing or left over")
        if held["documents"] != self._fresh[work]:
            differing = set(held["documents"]).symmetric_difference(self._fresh[work])
            problems.append(f"after the next run it is not what a fresh index holds: {sorted(differing)[:5]}")
        if again["embedded"] or again["changes"]:
            problems.append(f"the run after that still found work: {again}")
        return Round(work, after_s, killed, problems)

    def takes(self, work: str) -> float:
        """Seconds of processor time that the work takes undisturbed."""
        return self._takes[work]


def main() -> None:
    """Do the rounds and print how many recovered."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--full-disk", action="store_true", help="limit the size of files instead of killing")
    parser.add_argument("--models", action="store_true", help="embed with the bundled models")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    detect_language("Loaded once, before the forks.")
    rounds: list[Round] = []
    with tempfile.TemporaryDirectory(prefix="policybot-faults-") as place:
        faults = Faults(Path(place), arguments.files, models=arguments.models)
        for number in range(arguments.kills):
            work = WORKS[number % len(WORKS)]
            if arguments.full_disk:
                found = faults.fill_disk(work, chance.randint(20_000, 4_000_000))
            else:
                found = faults.kill(work, chance.uniform(0, faults.takes(work)))
            rounds.append(found)
            sys.stderr.write(f"{number + 1}: {work} after {found.after_s:.2f}: {found.problems or 'recovered'}\n")
    recovered = sum(not each.problems for each in rounds)
    hit = sum(each.killed for each in rounds)
    result = {"rounds": len(rounds), "hit_while_working": hit, "recovered": recovered, "files": arguments.files}
    if arguments.json:
        result["failed"] = [asdict(each) for each in rounds if each.problems]
        sys.stdout.write(json.dumps(result, indent=2) + "\n")
    else:
        what = "full disks" if arguments.full_disk else "kills"
        sys.stdout.write(f"{recovered} of {len(rounds)} {what} recovered; {hit} hit the process while it worked.\n")
    sys.exit(0 if recovered == len(rounds) else 1)


if __name__ == "__main__":
    main()
