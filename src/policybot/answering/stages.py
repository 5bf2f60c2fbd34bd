"""The order of the gates between the evidence and the answer."""

from __future__ import annotations

from policybot.answering.case import Stage
from policybot.answering.gates.absence import declared_absent
from policybot.answering.gates.assessment import Assessment
from policybot.answering.gates.coverage import Coverage
from policybot.answering.gates.disagreement import contradicted
from policybot.answering.gates.likelihood import answerable
from policybot.answering.gates.off_topic import off_topic
from policybot.answering.gates.premise import Premises


def gates(coverage: Coverage, assessment: Assessment, premises: Premises) -> tuple[Stage, ...]:
    """The gates in order; the first one whose outcome is not ``passed`` decides the kind of answer."""
    return (coverage, off_topic, declared_absent, assessment, premises, answerable, contradicted)
