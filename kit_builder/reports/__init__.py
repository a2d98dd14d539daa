"""From secretaries' filled reports to proposed findings: `importing.import_reports` is the way in.

Reports come by e-mail from people whom the municipality may not know: every file is untrusted. Nothing is invented
here; what a person must decide stands as a comment that begins with "decide:"."""
