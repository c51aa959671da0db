"""The questionnaire library. To add one, write one file that names its `QUESTIONNAIRE`."""
