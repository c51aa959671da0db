"""Safety plans on the chart, on the phone and on paper."""
