"""The content: can it be shown, and how much of it did nobody review."""

from collections import Counter

from bot.catalog.checking import check
from bot.commands.checkup.findings import Case, Finding, ok, problem, warning


def content(case: Case) -> list[Finding]:
    """Examine the content folder as ``python -m bot check`` does."""
    folder = case.settings.content_dir
    found = check(folder, case.now.date())
    counts = Counter(one.severity for one in found)
    command = f"python -m bot check {folder}"
    if counts["problem"]:
        first = next(one for one in found if one.severity == "problem")
        what = f"content: {counts['problem']} problems; the first: {first.file}:{first.line}: {first.text}"
        return [problem(what, f"{first.fix} All of them: {command}")]
    if counts["warning"]:
        what = f"content: {counts['warning']} warnings, such as drafts that no clinician has read."
        return [warning(what, f"let one review them; {command} names each.")]
    return [ok(f"content: {folder} has no problem, and all of it was reviewed")]
