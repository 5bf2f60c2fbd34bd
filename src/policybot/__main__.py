"""``python -m policybot``."""

from policybot.cli import main

if __name__ == "__main__":
    main()
