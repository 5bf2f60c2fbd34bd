"""Doors: what other packages bring is found by entry points, and loaded only when it is named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sized
from pathlib import Path

import pytest

from policybot import PolicyBot, load_settings
from policybot.errors import EvaluationError, ReadingError, SettingsError
from policybot.evaluation.registry import search_system
from policybot.plugins import EVALUATIONS, LANGUAGES, READERS, allowed_in, by_name, registered
from policybot.reading import Worker, survey
from policybot.reading.formats import readers

Install = Callable[..., None]

OWN = {"markdown": "policybot.reading.built_in:MARKDOWN", "text": "policybot.reading.built_in:TEXT"}

LOUD = {READERS: {"loud": "policybot_loud"}}

SHOUTING = """
from policybot.reading.content import Content
suffixes = ({suffix!r},)
def read(source):
    return Content(source.data.decode().upper(), "plain")
"""


def _install_reader(install: Install, name: str, suffix: str) -> None:
    module = name.replace("-", "_")
    install(name, {f"{module}.py": SHOUTING.format(suffix=suffix)}, {READERS: {f"{name}-point": module}})


class TestRegistered:
    """The plugins of a group."""

    def test_own_plugins_keep_their_order(self) -> None:
        """Where the order decides, as between kinds of answers, it is that of the table."""
        assert [plugin.name for plugin in registered(READERS, OWN)] == ["markdown", "text"]
        assert [plugin.name for plugin in registered(READERS, dict(reversed(OWN.items())))] == ["text", "markdown"]

    def test_a_package_that_nobody_names_is_not_even_imported(self, install: Install) -> None:
        """Being installed is not enough: its code does not run."""
        install("policybot-loud", {"policybot_loud.py": "raise SystemExit('it ran')"}, LOUD)

        assert [plugin.name for plugin in registered(READERS, OWN)] == ["markdown", "text"]
        assert ".loud" not in readers().suffixes
        assert "policybot_loud" not in sys.modules

    @pytest.mark.parametrize("allowed", ["policybot-loud", "Policybot_Loud", "loud"])
    def test_it_is_named_by_distribution_or_by_entry_point(self, install: Install, allowed: str) -> None:
        """Case, hyphens and underscores of a distribution's name are one, as for pip."""
        install("policybot-loud", {"policybot_loud.py": ""}, LOUD)

        found = registered(READERS, OWN, [allowed])

        assert [(plugin.name, plugin.is_own) for plugin in found] == [
            ("markdown", True),
            ("text", True),
            ("loud", False),
        ]

    def test_one_entry_point_of_many_can_be_named(self, install: Install) -> None:
        """Naming the distribution allows all its plugins of every group, naming an entry point only this."""
        points = {READERS: {"one": "policybot_two", "other": "policybot_two"}, LANGUAGES: {"de": "policybot_two"}}
        install("policybot-two", {"policybot_two.py": ""}, points)

        assert [plugin.name for plugin in registered(READERS, {}, ["other"])] == ["other"]
        assert registered(LANGUAGES, {}, ["other"]) == ()
        assert [plugin.name for plugin in registered(READERS, {}, ["policybot-two"])] == ["one", "other"]
        assert [plugin.name for plugin in registered(LANGUAGES, {}, ["policybot-two"])] == ["de"]

    def test_an_unknown_name_is_an_error_that_names_the_likely_one(self, install: Install) -> None:
        """A plugin that is misspelt or not installed must not be missing in silence."""
        install("policybot-loud", {"policybot_loud.py": ""}, LOUD)

        with pytest.raises(SettingsError, match=r"PLUGINS names 'policybot-laud'.*Did you mean policybot-loud\?"):
            registered(READERS, OWN, ["policybot-laud"])

    def test_a_package_without_plugins_is_an_unknown_name(self) -> None:
        """pytest is installed and is no plugin for policybot."""
        with pytest.raises(SettingsError, match=r"names 'pytest', but no installed package"):
            registered(READERS, OWN, ["pytest"])

    def test_what_cannot_be_imported_is_named_with_its_package(self, install: Install) -> None:
        """The cause is told, and both ways out."""
        install("policybot-torn", {"policybot_torn.py": "import no_such_module"}, {READERS: {"torn": "policybot_torn"}})
        (plugin,) = registered(READERS, {}, ["torn"])

        with pytest.raises(
            SettingsError, match=r"torn of policybot-torn.*no_such_module.*take it out of POLICYBOT_PLUGINS"
        ):
            plugin.load(Sized)

    @pytest.mark.parametrize(("place", "told"), [("policybot_odd:nothing", "nothing"), ("policybot_odd:number", "int")])
    def test_what_is_missing_or_of_another_kind_is_named(self, install: Install, place: str, told: str) -> None:
        """An entry point that leads nowhere, or to something else than its group holds, is an error at once."""
        install("policybot-odd", {"policybot_odd.py": "number = 1"}, {READERS: {"odd": place}})
        (plugin,) = registered(READERS, {}, ["odd"])

        with pytest.raises(SettingsError, match=rf"odd of policybot-odd.*{told}"):
            plugin.load(Sized)

    @pytest.mark.parametrize(
        ("setting", "names"), [("", ()), (" a , b,", ("a", "b")), ("a,a", ("a",)), (",", ())], ids=repr
    )
    def test_names_of_the_setting(self, setting: str, names: tuple[str, ...]) -> None:
        """Names with commas between them, each once, white space aside."""
        assert allowed_in(setting) == names

    def test_two_plugins_of_one_name_are_refused_where_names_choose(self, install: Install) -> None:
        """What a name means must not depend on what else is installed."""
        install("policybot-loud", {"policybot_loud.py": ""}, {READERS: {"text": "policybot_loud"}})

        with pytest.raises(SettingsError, match=r"policybot and policybot-loud both bring a plugin called 'text'"):
            by_name(registered(READERS, OWN, ["policybot-loud"]))


class TestReaders:
    """Readers that other packages bring."""

    def test_a_foreign_reader_reads_in_the_process_of_its_own(self, install: Install, tmp_path: Path) -> None:
        """What the setting names is found, read by the child process, indexed and cited; the rest goes on as ever."""
        _install_reader(install, "policybot-shout", ".shout")
        documents = tmp_path / "documents"
        documents.mkdir()
        (documents / "plan.shout").write_text("The council plants 4,200 trees.", encoding="utf-8")
        (documents / "ferry.md").write_text("# Ferries\n\nThree ferries run on batteries.\n", encoding="utf-8")
        settings = load_settings(data_dir=tmp_path / "data", chat_model="none", plugins="policybot-shout")

        with PolicyBot(settings) as bot:
            report = bot.index(documents)
            text = bot.document("plan.shout").text

        assert report.plan.new == ("ferry.md", "plan.shout")
        assert text == "THE COUNCIL PLANTS 4,200 TREES."

    def test_without_the_setting_its_files_are_passed_over(self, install: Install, tmp_path: Path) -> None:
        """A folder's files of that suffix are no documents."""
        _install_reader(install, "policybot-shout", ".shout")
        (tmp_path / "plan.shout").write_text("Text.", encoding="utf-8")

        assert survey(tmp_path).files == ()
        assert [name for name, _ in survey(tmp_path, readers=readers("policybot-shout")).files] == ["plan.shout"]

    def test_a_foreign_reader_takes_a_suffix_over(self, install: Install, tmp_path: Path) -> None:
        """Who names a reader for text files wants it, and not policybot's own."""
        _install_reader(install, "policybot-shout", ".txt")
        (tmp_path / "plan.txt").write_text("quiet", encoding="utf-8")

        with Worker(readers=readers("policybot-shout")) as worker:
            document = worker.read(tmp_path / "plan.txt", name="plan.txt", document_id="1", max_bytes=100)

        assert document.text == "QUIET"

    def test_two_readers_of_one_suffix_are_refused(self, install: Install) -> None:
        """Which of them reads must not depend on the order in which they were installed."""
        _install_reader(install, "policybot-shout", ".shout")
        _install_reader(install, "policybot-yell", ".shout")

        with pytest.raises(SettingsError, match=r"policybot-shout.*policybot-yell.*both read \.shout"):
            readers("policybot-shout,policybot-yell")

    @pytest.mark.parametrize("suffix", ["shout", ".SHOUT", ".zip"])
    def test_a_suffix_that_cannot_be_one_is_refused(self, install: Install, suffix: str) -> None:
        """No dot, capitals or an archive's: no file would ever reach the reader."""
        _install_reader(install, "policybot-shout", suffix)

        with pytest.raises(SettingsError, match="policybot-shout"):
            readers("policybot-shout")

    def test_its_fault_costs_that_file_only(self, install: Install, tmp_path: Path) -> None:
        """An exception that it does not foresee is reported with the file's name."""
        install(
            "policybot-torn",
            {"policybot_torn.py": "suffixes = ('.torn',)\ndef read(source):\n    return 1 / 0\n"},
            {READERS: {"torn": "policybot_torn"}},
        )
        (tmp_path / "plan.torn").write_text("Text.", encoding="utf-8")

        with (
            Worker(readers=readers("torn")) as worker,
            pytest.raises(ReadingError, match=r"plan\.torn.*ZeroDivisionError"),
        ):
            worker.read(tmp_path / "plan.torn", name="plan.torn", document_id="1", max_bytes=100)

    def test_a_bot_says_at_once_what_is_wrong_with_the_setting(self, tmp_path: Path) -> None:
        """Not when the first file is indexed."""
        with pytest.raises(SettingsError, match="POLICYBOT_PLUGINS"):
            PolicyBot(load_settings(data_dir=tmp_path, chat_model="none", plugins="no-such-plugin"))


class TestEvaluations:
    """Systems that other packages bring to be measured beside policybot."""

    def test_a_foreign_system_is_chosen_by_name(self, install: Install, tmp_path: Path) -> None:
        """Alone and with what was said before in front of the question, when the setting names its package."""
        code = "class Nothing:\n    name = 'nothing'\n    settings = {}\n"
        install("policybot-nil", {"policybot_nil.py": code}, {EVALUATIONS: {"nothing": "policybot_nil:Nothing"}})
        settings = load_settings(data_dir=tmp_path, chat_model="none", plugins="policybot-nil")

        alone = search_system("nothing", settings=settings, data_dir=tmp_path)
        with_history = search_system("nothing+history", settings=settings, data_dir=tmp_path)

        assert (alone.name, with_history.name) == ("nothing", "nothing+history")

    def test_without_the_setting_it_is_unknown(self, install: Install, tmp_path: Path) -> None:
        """Policybot's own are named."""
        install("policybot-nil", {"policybot_nil.py": ""}, {EVALUATIONS: {"nothing": "policybot_nil"}})

        with pytest.raises(EvaluationError, match=r"no system called 'nothing'.*policybot, bm25-words"):
            search_system("nothing", settings=load_settings(data_dir=tmp_path), data_dir=tmp_path)
