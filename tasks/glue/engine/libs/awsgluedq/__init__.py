"""The place of AWS Glue's Data Quality on this machine, where only the ruleset runs that Glue Studio writes by itself."""
