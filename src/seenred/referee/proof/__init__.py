"""The proofs: red, green, minimal, structural and their kin, judged by running code."""
