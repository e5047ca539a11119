"""``python -m bot run`` with the rate lifted far above its highest setting; all else as it is."""

from benchmarks.sending_ours import RATE
from bot.commands.run import serve
from bot.settings import read_settings

if __name__ == "__main__":
    serve(read_settings().model_copy(update={"sends_per_second": RATE}))
