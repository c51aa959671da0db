"""A clinic for reviewers: made-up people, a marker in every name and text, and everyone signed in.

`markers` makes the words; `clinics` the two organizations; `lives`, `weeks` and `trust` what their people go through;
`doors` signs everyone in; `walk` finds every id and form by reading the pages; `policy` says who may see whose.
"""
