"""Safety plan and relapse-prevention plan: on the chart, on the person's own page, and on paper."""
