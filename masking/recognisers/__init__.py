"""Recognisers: one file per thing to be found. A new one is a file, a test and a line here."""

from masking.recognisers.bank_account import BANK_ACCOUNT
from masking.recognisers.bank_card import BANK_CARD, BANK_CARD_OWN
from masking.recognisers.birth_date import AGE, AGE_SPOKEN, BIRTH_DATE, BIRTH_DATE_BORN
from masking.recognisers.device import IMEI, IP_V4, IP_V4_NARROW, IP_V6, MAC
from masking.recognisers.driver_licence import DRIVER_LICENCE
from masking.recognisers.email import EMAIL
from masking.recognisers.foreign_pr_card import FOREIGN_PR_CARD, FOREIGN_PR_CARD_OLD
from masking.recognisers.landline import (
    LANDLINE,
    LANDLINE_ABROAD,
    LANDLINE_LOCAL,
    PHONE_ABROAD,
    PHONE_ABROAD_LOCAL,
    SERVICE_NUMBER,
)
from masking.recognisers.location import COORDINATES, POSTCODE, POSTCODE_AFTER
from masking.recognisers.military_id import MILITARY_ID, POLICE_ID
from masking.recognisers.mobile import MOBILE, MOBILE_ABROAD, MOBILE_ABROAD_LOCAL, MOBILE_LOCAL
from masking.recognisers.money import ASSET, BALANCE, INCOME, MONEY, TRANSACTION
from masking.recognisers.passport import PASSPORT, PASSPORT_CN
from masking.recognisers.plate import PLATE, PLATE_MILITARY
from masking.recognisers.qq import QQ
from masking.recognisers.recogniser import Edges, Finder, Recogniser, Scores, Span
from masking.recognisers.regional_id import (
    HK_IDENTITY,
    HK_IDENTITY_BARE,
    MO_IDENTITY,
    TW_IDENTITY,
)
from masking.recognisers.residence_permit import HKMO_RESIDENCE, TW_RESIDENCE
from masking.recognisers.resident_id import RESIDENT_ID, RESIDENT_ID_15, RESIDENT_ID_MISTYPED
from masking.recognisers.secret import CARD_SECURITY, OTP, OTP_BEFORE, PASSWORD, PASSWORD_BARE
from masking.recognisers.trait import (
    EDUCATION,
    ETHNICITY,
    MARITAL_STATUS,
    NATIONALITY,
    RELIGION,
    SEX,
)  # fmt: skip
from masking.recognisers.travel_permit import HKMO_TRAVEL, TW_TRAVEL
from masking.recognisers.uscc import (
    BUSINESS_LICENCE,
    BUSINESS_LICENCE_13,
    ORGANISATION_CODE,
    TAX_NUMBER,
    TAX_NUMBER_OWN,
    USCC,
)
from masking.recognisers.vin import VIN
from masking.recognisers.wechat import WECHAT, WXID

RECOGNISERS: tuple[Recogniser, ...] = (
    RESIDENT_ID, RESIDENT_ID_MISTYPED, RESIDENT_ID_15, HKMO_RESIDENCE, TW_RESIDENCE, HKMO_TRAVEL, TW_TRAVEL,
    HK_IDENTITY, HK_IDENTITY_BARE, MO_IDENTITY, TW_IDENTITY,
    FOREIGN_PR_CARD, FOREIGN_PR_CARD_OLD, PASSPORT_CN, PASSPORT, MILITARY_ID, POLICE_ID, DRIVER_LICENCE,
    USCC, ORGANISATION_CODE, TAX_NUMBER, TAX_NUMBER_OWN, BUSINESS_LICENCE, BUSINESS_LICENCE_13,
    BANK_CARD, BANK_CARD_OWN, BANK_ACCOUNT,
    MOBILE, MOBILE_ABROAD, MOBILE_LOCAL, MOBILE_ABROAD_LOCAL,
    LANDLINE, SERVICE_NUMBER, LANDLINE_ABROAD, PHONE_ABROAD, LANDLINE_LOCAL, PHONE_ABROAD_LOCAL,
    EMAIL, WECHAT, WXID, QQ, PLATE, PLATE_MILITARY, VIN, IMEI, MAC, IP_V4, IP_V4_NARROW, IP_V6,
    COORDINATES, POSTCODE, POSTCODE_AFTER,
    BIRTH_DATE, BIRTH_DATE_BORN, AGE, AGE_SPOKEN,
    SEX, ETHNICITY, MARITAL_STATUS, EDUCATION, NATIONALITY, RELIGION, INCOME, BALANCE, ASSET, TRANSACTION, MONEY,
    PASSWORD, PASSWORD_BARE, OTP, OTP_BEFORE, CARD_SECURITY,
)  # fmt: skip
"""All of them; where two find one thing, the text's rule for overlaps decides."""

__all__ = ["RECOGNISERS", "Edges", "Finder", "Recogniser", "Scores", "Span"]
