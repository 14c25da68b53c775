"""EvaluateDataQuality. Rules are evaluated by Glue's own engine; here are those that count columns and rows, which Glue Studio puts before each target.

https://docs.aws.amazon.com/glue/latest/dg/dqdl.html
"""

import operator
import re

from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection
from awsglue.refused import refused

COMPARE = {"=": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
RULE = re.compile(r"(ColumnCount|RowCount)\s*(=|!=|>=|<=|>|<)\s*(\d+)")


def rules_in(ruleset):
    """The rules of `Rules = [ ColumnCount > 0 ]`, of which any other is refused."""
    inner = re.fullmatch(r"\s*Rules\s*=\s*\[(.*)\]\s*", ruleset, re.DOTALL)
    texts = [] if inner is None else [text.strip() for text in inner[1].split(",")]
    found = [RULE.fullmatch(text) for text in texts]
    if not found or None in found:
        what = ruleset.strip() if inner is None else texts[found.index(None)]
        raise refused(
            f"The Data Quality rule {what!r}",
            "leave the evaluation out here; only the rules ColumnCount and RowCount run",
        )
    return [(match[0], match[1], COMPARE[match[2]], int(match[3])) for match in found]


class Outcomes(DynamicFrameCollection):
    def __getitem__(self, key):
        if key == "rowLevelOutcomes":
            raise refused("The rowLevelOutcomes of Data Quality")
        return super().__getitem__(key)

    def select(self, key, transformation_ctx=""):
        return self[key] if key == "rowLevelOutcomes" else super().select(key)


class EvaluateDataQuality:
    def process_rows(self, frame, ruleset, publishing_options={}, additional_options={}):  # noqa: B006  AWS's own signature
        """Answers a collection of `originalData` and `ruleOutcomes`. Nothing is published."""
        return Outcomes({"originalData": frame, "ruleOutcomes": self.apply(frame, ruleset)}, frame.glue_ctx)

    @classmethod
    def apply(cls, frame, ruleset, publishing_options={}, additional_options={}):  # noqa: B006
        data = frame.toDF()
        outcomes = []
        for text, what, compare, number in rules_in(ruleset):
            value = len(data.columns) if what == "ColumnCount" else data.count()
            holds = compare(value, number)
            reason = None if holds else f"Value: {value} does not meet the constraint requirement!"
            outcomes.append((text, "Passed" if holds else "Failed", reason, {f"Dataset.*.{what}": float(value)}))
        schema = "Rule string, Outcome string, FailureReason string, EvaluatedMetrics map<string,double>"
        return DynamicFrame.fromDF(data.sparkSession.createDataFrame(outcomes, schema), frame.glue_ctx, "ruleOutcomes")
