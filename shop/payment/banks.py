"""Banks of NAPAS 247 by their BIN, with the short names that people know them by."""

#: BIN to short name, as several public libraries of VietQR list them (November 2026).
BANKS = {
    "970436": "Vietcombank",
    "970415": "VietinBank",
    "970418": "BIDV",
    "970405": "Agribank",
    "970422": "MB",
    "970407": "Techcombank",
    "970416": "ACB",
    "970432": "VPBank",
    "970423": "TPBank",
    "970403": "Sacombank",
    "970437": "HDBank",
    "970441": "VIB",
    "970443": "SHB",
    "970449": "LPBank",
    "970426": "MSB",
    "970448": "OCB",
    "970440": "SeABank",
    "970431": "Eximbank",
    "970446": "Co-opBank",
    "970425": "ABBANK",
    "970428": "Nam A Bank",
    "970409": "Bac A Bank",
    "970412": "PVcomBank",
    "970429": "SCB",
    "970452": "Kienlongbank",
    "970424": "Shinhan Bank",
    "970419": "NCB",
    "970438": "BaoViet Bank",
    "970433": "VietBank",
    "970427": "VietABank",
    "970430": "PGBank",
}


def bank_name(bank_bin: str) -> str:
    """The short name, or the BIN itself for a bank that is not listed."""
    return BANKS.get(bank_bin, bank_bin)
