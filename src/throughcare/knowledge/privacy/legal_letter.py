"""What the program answers to a paper that asks for records: the same words for every name, known or not."""

TITLE = "Answer to a request for records"
PARAGRAPHS = (
    "Federal law (42 U.S.C. 290dd-2; 42 CFR Part 2) forbids a program like this one to say whether anyone is or was a "
    "patient. We give this answer for every name, whether we know it or not.",
    "Records of this kind, if there are any, go out only with the written consent of the person, or with an order of a "
    "court under 42 CFR 2.61 to 2.67 together with a subpoena or a like mandate. A subpoena, a warrant or a letter "
    "alone is not enough, and a general release of medical information isn't either.",
    "Nothing in this letter means that such records exist or don't exist.",
)
