"""Makes up addresses, names and the messages around them, for the tagger of details to learn more forms than were written."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from engine.extraction.detail.tagger import ADDRESS, NAME, OUTSIDE

Marked = list[tuple[str, int]]  # stretches of a text, each with its label

_SYLLABLES = (
    "ka ra ma na sa ta va la pa ja sha ni ri mi ti vi li ki bha dha gha mo ro lo ko su mu ru an ar in esh av".split()
)
_ENDINGS = "nagar pur wadi puram pet pally ganj halli palya gaon ton ford field ham bury ville".split()
_CITIES = {
    "IN": "Mumbai,Delhi,Bengaluru,bangalore,Hyderabad,Chennai,Pune,Jaipur,Lucknow,Indore,Surat,Nagpur,Kochi,Patna,Noida,Bhopal,"
    "Nashik,Thane,Coimbatore,Vadodara,Kanpur,Agra,Ranchi,Mysuru,Guwahati,Raipur,Satna,Kolar,Hosur,Sangli",
    "UK": "London,Leeds,York,Bristol,Leicester,Manchester,Glasgow,Hull,Derby,Bath",
    "US": "Austin,Boise,Portland,Reno,Denver,Madison,Columbus,Bend,Ames,Salem,Dover,Troy,Marietta,Elgin",
    "NG": "Lagos,Abuja,Ibadan,Enugu,Port Harcourt,Benin City,Kaduna,Owerri,Asaba,Abeokuta",
    "ES": "CDMX,Guadalajara,Monterrey,Puebla,Bogotá,Medellín,Cali,Querétaro,Mérida,León",
    "BR": "Campinas,São Paulo,Curitiba,Recife,Santos,Belo Horizonte,Niterói,Goiânia,Natal",
    "ID": "Jakarta,Bandung,Surabaya,Depok,Semarang,Yogyakarta,Medan,Bekasi,Malang,Bogor",
    "HI": "दिल्ली,लखनऊ,जयपुर,वाराणसी,भोपाल,इंदौर,पटना,कानपुर,नासिक,पुणे",
}
_STATES = "AL AZ CA CO FL GA IA ID IL KS KY MA MD ME MI MN MO NC NE NJ NY OH OK OR PA SC TN TX UT VA WA WI".split()
# Bits in capitals are made up anew each time: W a word, P a person's name, N a number, A an area ending in "nagar" and the
# like, C a city, L a letter, F a floor's ordinal, S a state; parts are joined by what the message uses: comma, space, line.
_FORMS = {
    "IN": (
        "flat N|W apartments|W road|A|C", "L-N W heights|A|C", "house no N|sector N|A|C", "N/N W colony|near W temple|C",
        "plot N|W society|A", "h.no N-N-N|W street|A|C", "N|W row house|W road|C", "No. N|Fth cross|W main road|A|C",
        "LN|W residency|opp W school|C", "N W bhavan|W lane|A", "shop N|W market|W road|C", "room no N W boys hostel A",
        "door no N-N-N|A|C", "gali no N|A|W mandir ke paas|C", "tower L N|W greens|sector N|C", "W niwas|A|W chowk|C",
        "N/L W nagar|W talkies ke piche|C", "villa N|W meadows|A|C", "Fnd floor|W chambers|W road|C", "W hospital quarter N|A",
        "W Traders|N main bazar|C", "M/s W Enterprises|W road|C", "W Logistics|plot N|A|C", "W W Communication|main bazar|C", "makan N|mohalla W|W masjid ke samne|C", "W Pvt Ltd|Fth floor|W tower|A|C", "LL-N flat N|A|C",
        "near W petrol pump|W road|A", "N W farm|W village|via W", "qtr N/L|railway colony|C", "W ladies PG room N|A", "A", "W A|C",
        "sec N hno N C", "W kirana ke upar|A|W naka", "gut no N|W vasti|W road|C", "survey no N|W layout|A|C", "N|A|C",
        "bldg N|W chs|W east|C", "W Finserv|1st floor W plaza|A", "N main road A", "W W|W road|A", "W school ke bagal me|A",
    ),
    "UK": (
        "N W Road|W|C", "Flat N|W House|W Street|C", "N W Close|C", "The W|W Lane|W|C", "Unit N|W Trading Estate|C",
        "NL W Avenue|C", "W Cottage|W Hill|C", "N W Gardens|W|C", "St W's Hall|W Row|C",
    ),
    "US": (
        "N W St|C|S", "N W Ave apt N|C|S", "N N W Rd|C S", "N E W Dr|unit L|C|S", "N W Ln #N|C S", "W Dental|N W Blvd|C|S",
        "N W Loop|C|S", "N W Ct|C|S", "N W Pkwy Suite N|C|S", "PO Box N|C S", "N W Way|C S",
    ),
    "NG": (
        "N W Street|W|C", "House N|W Estate|W|C", "No N W Close|off W Road|W|C", "Block N|Flat N|W Estate|C", "Plot N|W Layout|C",
        "Shop N|W Market|C", "NL W Crescent|W phase N|C", "W junction|W road|C", "Road N|House N|W Estate|W",
    ),
    "ES": (
        "Calle W N|col. W|C", "Av. W N int N|Col. W|C", "W N depto N|W|C", "Privada W N|fracc. W|C", "Cra N # N-N|W|C",
        "Calle N #N-N apto N|barrio W|C", "Torre W piso N|W N|C", "Cerrada W N|W|C", "Manzana N lote N|unidad W|C",
    ),
    "BR": (
        "Rua W N|W|C", "R. W N ap N|jardim W|C", "Av. W N sala N|W|C", "rua W W|N|bloco L|vila W|C", "Alameda W N|W|C",
        "travessa W N casa N|C", "rua W N fundos|W",
    ),
    "ID": (
        "Jl. W No. N|W|C", "Jl W N RT N RW N|kel. W|C", "Perum W Blok LN|C", "gg W N|W|C", "jalan W raya N|W|C",
        "kos W kamar N|jl W|C", "Komplek W Indah blok L no N|C", "Gedung W lt N|Jl. W N|C",
    ),
    "HI": (
        "मकान N|W नगर|C", "N W कॉलोनी|W रोड|C", "मकान नंबर N|गली N|W मोहल्ला|C", "N/N W बाज़ार|C", "फ्लैट N|W अपार्टमेंट|W मार्ग|C",
        "W भवन|W चौक|C", "N W विहार|W मंदिर के पास|C",
    ),
}  # fmt: skip
_DEVANAGARI = "राम श्याम शिव गणेश सुभाष गांधी नेहरू तिलक शास्त्री अशोक कमल सूर्य लक्ष्मी विवेक आदर्श प्रेम शांति जय विजय सरोज".split()
_GOODS = (
    "rice,atta,sugar,milk,saree,kurti,king bedsheet,lavender candle,rose plant,park avenue soap,garden soil,hill honey,road bike,"
    "charger,type c cable,sector watch,chocolate cake,butter naan,paneer,jeans,tower fan,floor cleaner,door mat,house shoes,"
    "room freshener,plot book,wall paint,bulb,notebook,pen,fish,chicken curry cut,idli podi,groundnut oil,bangles,necklace,gele,"
    "ankara gown,playera,vestido,bolo de cenoura,coxinha,hijab voal,gamis,tea lights,mug,brownies,scones,dog food,dove soap,"
    "lux soap,king chair,queen mattress,tata salt,godrej lock,birla cement,raja masala,everest haldi,main switch,cross chain,st. patty"
).split(",")  # some share words with addresses
_HONORIFICS = ("Mr", "Mrs.", "Ms", "Dr.", "Smt", "Shri", "Mr.", "Mrs", "Miss")
# What sellers ask and customers answer. {a} address, {n} name, {h} name with an honorific before it, {p} phone, {z} postal code;
# "a | b" are messages after each other.
_TALKS: tuple[tuple[str, str], ...] = (
    ("address please", "{a} {z}. {n} {p}"), ("address pls", "{n}, {a} {z}, {p}"), ("address?", "{a}"), ("", "{a}"),
    ("address bhejo", "{n}\n{a}\n{z}\n{p}"), ("naam aur pata bhejiye", "{n}, {a}"), ("name and number please", "{n} {p}"),
    ("aapka naam?", "{n}"), ("name?", "{n}"), ("may I have your name", "{n}"), ("number?", "{p}"), ("ok 560", "{n} {p}"),
    ("where to send?", "{a} | {z} | {n}"), ("address?", "{n} | {a} | {p}"), ("kaha bhejna hai", "{a} {z}, naam {n} {p}"),
    ("", "deliver to {a} {z}"), ("", "pls send to {a}. name {n}, {p}"), ("ok", "address: {a} - {z}"), ("", "Ship to {n}, {a} {z}."),
    ("", "kal bhej dena, {a}"), ("ji", "{a}. {n} naam se"), ("", "parcel {n} ke naam se bhejna, {a} {z}"),
    ("kab chahiye?", "kal subah tak. {a}"), ("kab?", "Saturday. {a}. {n} {p}"), ("", "I am {n}, address {a} {z}"),
    ("delivery or pickup?", "pickup. {n}"), ("pickup", "{n} naam likh lo"), ("", "mera naam {n} hai"), ("", "{n} here"),
    ("", "Hi, this is {n}"), ("", "{n} this side, need it by friday"), ("", "bill {n} ke naam se banana"), ("", "Bill in the name of {h}"),
    ("", "my name is {n}"), ("", "name {n}"), ("", "naam {n} likh lijiye"), ("", "नाम {n}"), ("", "मेरा नाम {n} है"), ("पता?", "{n}, {a} {z}"),
    ("", "Contact person {h} {p}"), ("", "ask for {n} at reception {p}"), ("", "attn {h}, {a} {z}"), ("", "for my sister {n}, {a} {z}, her no {p}"),
    ("", "Mom's name is {n}, phone {p}. {a} {z}"), ("", "recipient: {n}\naddress: {a}\npin {z}\nphone {p}"),
    ("", "Name: {n}\nAddress: {a}\nPin: {z}\nMobile: {p}"), ("", "{a} {z}. cash on delivery"), ("payment?", "cod. {a}"),
    ("total 840", "ok. {a}, {z}. gpay kar dunga"), ("", "send it to {n}, {a} {z}. don't put the bill inside"), ("", "{n} will collect, {p}"),
    ("", "bhejna yahan - {a} {z}. {n}"), ("", "{a}. watchman ko de dena"), ("", "{a}, call me when you reach {p}"),
    ("alamatnya kak?", "{n}, {a} {z}, {p}"), ("kirim kemana?", "{a} {z} | atas nama {n}"), ("¿a dónde?", "{a}, cp {z} | a nombre de {n}"),
    ("", "soy {n}, {a}, {z}"), ("dirección?", "{a}"), ("endereço?", "{a}, cep {z} | {n} {p}"), ("entrega onde?", "{a} | {n}"),
    ("", "aos cuidados de {n}, {a} {z}"), ("", "pregunten por {n}, {a}"), ("", "nama {n}, alamat {a} {z}"), ("", "yours, {n}"),
    ("", "thanks\n{n}\n{a}\n{p}"), ("", "regards, {n}"), ("", "- {n}"), ("", "hi i'm {n} from the office next door"), ("address?", "{a} {n} {p}"),
    ("", "hand over to {h} ({p}), {a}"), ("", "{n} bol raha hu, ek order tha"), ("where should I deliver?", "{a}, {z}"),
    ("address and name", "{a}\n{n}"), ("", "site pe bhejna: {a}. munshi {n} {p}"), ("aur kuch?", "bas itna hi"), ("size?", "M chahiye, do piece"),
    ("", "Adress {a}. Pay on delivry"), ("", "2 pcs bhejdo cod pe, {n}, {a} {z}"), ("", "1kg cake 2moro 7pm dlvry {a}. {n} {p}"),
    ("", "one more thing, write Happy Birthday {x} on it"), ("message?", "Happy 5th Birthday {x}"), ("", "card pe likhna love from {x}"),
    ("", "write 'Congrats {x}' please"), ("", "{x} ne bola aapka shop accha hai"), ("", "my friend {x} bought this from you"),
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """What the seller said before (may be nothing) and the customer's marked messages."""

    asked: str
    messages: tuple[Marked, ...]


class Maker:
    """Makes samples; equal seeds make equal ones."""

    def __init__(self, seed: int = 0) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - made-up addresses are no secrets
        self._given, self._family = _people()

    def sample(self) -> Sample:
        """A question and its answer in a random country's form."""
        dice = self._dice
        asked, talk = dice.choice(_TALKS)
        country = dice.choices(list(_FORMS), (8, 2, 2, 2, 2, 2, 2, 1))[0]
        style = dice.choice((str, str, str.lower, str.lower, str.upper) if country == "IN" else (str, str, str.lower))
        values: dict[str, Callable[[], Marked]] = {
            "a": lambda: self._address(country), "n": lambda: [(self.name(country), NAME)],
            "h": lambda: [(dice.choice(_HONORIFICS) + " ", OUTSIDE), (self.name(country), NAME)],
            "p": lambda: [(self._phone(country), OUTSIDE)], "z": lambda: [(self._code(country), OUTSIDE)],
            "i": lambda: [(self._item(), OUTSIDE)],
            "x": lambda: [(self.name(country), OUTSIDE)],
        }  # fmt: skip
        messages = [_filled(part, values) for part in talk.split(" | ")]
        return Sample(asked, tuple([(style(text), label) for text, label in message] for message in messages))

    def _item(self) -> str:
        """A wish for goods, which looks like no address."""
        dice = self._dice
        many = dice.choice(
            (
                "2",
                "1",
                "3",
                "10",
                "half",
                "ek",
                "do",
                "5 kg",
                "500 g",
                "2 packet",
                "1 box",
                "12 pcs",
                "one",
                "two",
                "250 gm",
            )
        )
        what = dice.choice(_GOODS) if dice.random() < 0.8 else self._word()
        kind = dice.choice(
            ("", "", "", "red ", "large ", "blue ", "38 ", "XL ", "fresh ", "plain ", "wala ", "40 inch ")
        )
        return dice.choice(
            (f"{many} {kind}{what}", f"{kind}{what} {many}", f"{kind}{what} - {many}", f"{many} {kind}{what}")
        )

    def name(self, country: str) -> str:
        """A person's name: known, half known or made up."""
        dice = self._dice
        if country == "HI":
            return " ".join(dice.sample(_DEVANAGARI, dice.choice((1, 2, 2))))
        given = dice.choice(self._given) if dice.random() < 0.7 else self._word()
        family = dice.choice(self._family) if dice.random() < 0.6 else self._word()
        initial = chr(dice.randrange(65, 91))
        forms = (
            given,
            f"{given} {family}",
            f"{given} {family}",
            f"{initial}. {family}",
            f"{given} {initial}. {family}",
            f"{given} {family} {family}",
        )
        return dice.choices(forms, (3, 6, 6, 1, 1, 1))[0].title()

    def _address(self, country: str) -> Marked:
        parts = [self._part(part, country) for part in self._dice.choice(_FORMS[country]).split("|")]
        joint = self._dice.choices((", ", ",", " ", "\n"), (12, 2, 3, 2))[0]
        return [(joint.join(parts), ADDRESS)]

    def _part(self, form: str, country: str) -> str:
        return "".join(self._bit(char, form, at, country) for at, char in enumerate(form))

    def _bit(self, char: str, form: str, at: int, country: str) -> str:
        alone = (at == 0 or not form[at - 1].isalpha()) and (at + 1 == len(form) or not form[at + 1].isupper())
        followed = at + 1 < len(form) and form[at + 1].islower()
        dice = self._dice
        if char == "N":
            return char if followed else str(dice.choice((dice.randrange(1, 20), dice.randrange(1, 999))))
        if char == "F" and followed and form[at + 1 : at + 3] in {"th", "nd"}:
            return dice.choice("2 3 4 5 7".split())
        if char == "L" and not followed:
            return chr(dice.randrange(65, 73))
        if not alone or followed:
            return char
        if char == "C":
            return dice.choice(_CITIES[country].split(","))
        makers = {"W": self._place, "A": self._area, "P": lambda: self.name(country), "S": lambda: dice.choice(_STATES)}
        if char == "W" and country == "HI":
            return dice.choice(_DEVANAGARI)
        return makers[char]() if char in makers else char

    def _place(self) -> str:
        dice = self._dice
        if dice.random() < 0.35:
            return dice.choice(self._given if dice.random() < 0.6 else self._family).title()
        words = [self._word().title() for _ in range(dice.choice((1, 1, 1, 2)))]
        return " ".join(words)

    def _area(self) -> str:
        dice = self._dice
        ending = dice.choice(_ENDINGS)
        return dice.choice(
            (
                self._word().title() + ending,
                self._word().title() + " " + dice.choice(("nagar", "colony", "vihar", "layout")),
                self._word().title(),
            )
        )

    def _word(self) -> str:
        return "".join(self._dice.choice(_SYLLABLES) for _ in range(self._dice.choice((2, 2, 3))))

    def _digits(self, count: int) -> str:
        return "".join(str(self._dice.randrange(10)) for _ in range(count))

    def _phone(self, country: str) -> str:
        tail = self._digits(5)
        forms = {
            "UK": f"07700 900{tail[:3]}", "US": f"515-555-01{tail[:2]}", "NG": f"080000{tail}", "ES": f"55 0000 {tail[:4]}",
            "BR": f"(19) 90000-{tail[:4]}", "ID": f"0812-0000-{tail[:4]}",
        }  # fmt: skip
        indian = self._dice.choice(
            (f"90000 {tail}", f"90000{tail}", f"+91 90000 {tail}", f"ph 90000{tail}", f"mob 90000{tail}")
        )
        return forms.get(country, indian)

    def _code(self, country: str) -> str:
        six = str(self._dice.randrange(1, 9)) + self._digits(5)
        forms = {
            "UK": f"LS{six[0]} {six[1]}AB",
            "US": f"{six[:5]}",
            "BR": f"{six[:5]}-{six[:3]}",
            "ES": f"{six[:5]}",
            "ID": f"{six[:5]}",
        }
        return forms.get(country, self._dice.choice((six, six, f"{six[:3]} {six[3:]}")))


def _filled(talk: str, values: dict[str, Callable[[], Marked]]) -> Marked:
    """A message with its blanks filled in."""
    out: Marked = []
    rest = talk
    while "{" in rest:
        before, _, after = rest.partition("{")
        key, _, rest = after.partition("}")
        out += [(before, OUTSIDE), *values[key]()]
    return [*out, (rest, OUTSIDE)]


def _people() -> tuple[Sequence[str], Sequence[str]]:
    text = files("engine.extraction.detail").joinpath("people.txt").read_text(encoding="utf-8")
    given, _, family = text.partition("[given]")[2].partition("[family]")
    return [w for w in given.split() if w.isascii()], [w for w in family.split() if w.isascii()]
