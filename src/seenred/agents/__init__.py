"""The four roles: render a prompt, parse a reply into a typed verdict; pure."""
