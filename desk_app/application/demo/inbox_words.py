"""What the people of the demo's inbox wrote or said, and how far each request has come."""

from __future__ import annotations

from desk_app.domain.dataclass import dataclass
from desk_app.domain.records import Wishes
from desk_app.domain.statuses import AuthorizationStatus, RequestSource, RequestStatus, Urgency

R, Z, S, U = RequestStatus, AuthorizationStatus, RequestSource, Urgency


NONE = Wishes()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of the inbox. ``hours``: business hours since it came; ``tried``: calls that reached nobody.

    ``known``: it has its chart. ``where`` and ``side`` are what
    the text says. ``words``: the person's own words where the procedure is not clear; ``text`` is the
    message of a web form, ``more`` a second one.
    """

    hours: float
    status: RequestStatus = R.RECEIVED
    source: RequestSource = S.WEB
    procedure: str | None = None
    words: str = ""
    urgency: Urgency = U.ROUTINE
    authorization: AuthorizationStatus | None = None
    known: bool = False
    tried: int = 0
    text: str = ""
    more: str = ""
    note: str = ""
    wishes: Wishes = NONE
    where: str = ""
    side: str = ""
    likeness: str = ""
    """``patient``: very like somebody with a chart; ``request``: very like the request before it."""


MORNINGS, AFTERNOONS = Wishes((), "morning"), Wishes((0, 2), "afternoon", "after 3 pm")
TUESDAYS = Wishes((1, 3), "", "not before 10")

OPEN: tuple[Asked, ...] = (
    Asked(
        0.3,
        procedure="KYPHO",
        words="Kyphoplasty",
        urgency=U.URGENT,
        where="T12",
        text="My mother fell in the kitchen on Saturday. The ER says T12 is broken and she can not stand for more "
        "than a minute. They told us to call you right away.",
    ),
    Asked(0.2, R.DUPLICATE, S.PHONE, "KYPHO", likeness="request", note="Her son called as well."),
    Asked(0.7, source=S.PHONE, procedure="ESI-I", urgency=U.SOON, known=True, note="Last one in spring helped."),
    Asked(
        1.4,
        procedure="RFA",
        words="radiofrequency, right side",
        text="Hi, I had the two test blocks with Dr. Osei and both worked great. Ready for the real thing.\nMornings "
        "are best, I work nights.",
        wishes=MORNINGS,
        where="L3 L4 L5",
        side="R",
        likeness="patient",
    ),
    Asked(
        2.6,
        words="something for my back, the doctor said cement",
        text="my doctor said you can put cement in my back?? it hurts very much since october. please call my son "
        "he speaks english",
        urgency=U.SOON,
        wishes=AFTERNOONS,
    ),
    Asked(
        3.1,
        words="cement for the back bone",
        text="I wrote before but I think with the wrong phone number. It is about my back, the cement treatment.",
        likeness="request",
    ),
    Asked(4.5, source=S.REFERRAL, procedure="VERT", known=True, note="MRI report came with the fax.", where="L1"),
    Asked(
        6.8,
        procedure="JOINT",
        words="Knee injection",
        text="Left knee again. Any day but Wednesday. Do I need a referral this time?",
        wishes=TUESDAYS,
        where="knee",
        side="L",
        known=True,
        tried=1,
    ),
    Asked(5, R.DUPLICATE, procedure="JOINT", words="Knee", text="Again, no answer yet.", likeness="request"),
    Asked(9.5, source=S.WALK_IN, procedure="TPI", known=True, note="Came to the desk between two errands."),
    Asked(
        13,
        words="shooting pain down the leg",
        text="Sciatica for 7 weeks now. PT did nothing. My neighbour was treated by you and plays golf again, so I "
        "would like whatever she had.",
        more="Forgot to say: I take Eliquis because of my heart. Does that matter?",
    ),
    Asked(
        20,
        procedure="SIJ",
        words="SI joint injection",
        text="Requesting an SI joint injection on the right, referred by my physiatrist.",
        side="R",
        tried=2,
        authorization=Z.NOT_REQUIRED,
    ),
    Asked(7.5, R.IN_REVIEW, S.REFERRAL, "KYPHO", urgency=U.SOON, known=True, tried=1, authorization=Z.NOT_CHECKED),
    Asked(11, R.IN_REVIEW, S.PHONE, "MBB", known=True, tried=1),
    Asked(
        16,
        R.IN_REVIEW,
        words="stimulator",
        text="I saw the thing about the stimulator on television. I have had two surgeries on my back and nothing "
        "helps. Is that for me?",
        note="Dr. Osei wants to see the surgical reports first.",
    ),
    Asked(22, R.IN_REVIEW, S.REFERRAL, "ESI-T", known=True, tried=2, note="Which side? Referral says both."),
    Asked(9, R.AWAITING_AUTHORIZATION, S.REFERRAL, "KYPHO", "", U.URGENT, Z.TO_SUBMIT, True),
    Asked(14, R.AWAITING_AUTHORIZATION, S.PHONE, "ESI-I", "", U.ROUTINE, Z.TO_SUBMIT, True),
    Asked(26, R.AWAITING_AUTHORIZATION, S.PHONE, "RFA", "", U.ROUTINE, Z.SUBMITTED, True),
    Asked(30, R.AWAITING_AUTHORIZATION, S.REFERRAL, "VERT", "", U.SOON, Z.SUBMITTED, True),
    Asked(35, R.AWAITING_AUTHORIZATION, S.REFERRAL, "MBB", "", U.ROUTINE, Z.PENDED, True),
    Asked(41, R.AWAITING_AUTHORIZATION, S.PHONE, "ESI-T", "", U.ROUTINE, Z.PENDED, True),
    Asked(44, R.AWAITING_AUTHORIZATION, S.REFERRAL, "KYPHO", "", U.SOON, Z.PENDED, True),
    Asked(
        50,
        R.AWAITING_AUTHORIZATION,
        S.REFERRAL,
        "KYPHO",
        "",
        U.SOON,
        Z.MORE_INFO_NEEDED,
        True,
        note="Payer wants the six weeks of bracing documented.",
    ),
    Asked(58, R.AWAITING_AUTHORIZATION, S.REFERRAL, "SCS-T", "", U.ROUTINE, Z.PEER_TO_PEER_DUE, True),
    Asked(63, R.AWAITING_AUTHORIZATION, S.PHONE, "RFA", "", U.ROUTINE, Z.DENIED, True),
    Asked(88, R.AWAITING_AUTHORIZATION, S.REFERRAL, "VERT", "", U.SOON, Z.APPEALED, True),
    Asked(140, R.AWAITING_AUTHORIZATION, S.PHONE, "ESI-I", "", U.ROUTINE, Z.EXPIRED, True, note="Was abroad."),
    Asked(70, R.AWAITING_AUTHORIZATION, S.REFERRAL, "MBB", "", U.ROUTINE, Z.MODIFIED, True, note="Two levels, not 3."),
    Asked(38, R.READY_TO_BOOK, S.REFERRAL, "KYPHO", "", U.SOON, Z.APPROVED, True, wishes=MORNINGS),
    Asked(52, R.READY_TO_BOOK, S.PHONE, "MBB", "", U.ROUTINE, Z.APPROVED, True, wishes=TUESDAYS),
    Asked(66, R.READY_TO_BOOK, S.REFERRAL, "RFA", "", U.ROUTINE, Z.APPROVED_IN_PART, True, tried=1),
    Asked(12, R.READY_TO_BOOK, S.WALK_IN, "TPI", "", U.ROUTINE, Z.NOT_REQUIRED, True, wishes=AFTERNOONS),
    Asked(
        18,
        R.READY_TO_BOOK,
        S.WEB,
        "JOINT",
        "Shoulder injection",
        known=True,
        text="Right shoulder, please.",
        where="shoulder",
        side="R",
    ),
)

SETTLED: tuple[Asked, ...] = (
    Asked(60, R.DECLINED, S.WEB, None, "acupuncture", text="Do you also do acupuncture?", note="Not offered here."),
    Asked(150, R.DECLINED, S.REFERRAL, "VERT", known=True, note="Dr. Algendy: infection has to be ruled out first."),
    Asked(45, R.WITHDRAWN, S.PHONE, "ESI-I", known=True, note="Feels better, will call again."),
    Asked(
        110,
        R.WITHDRAWN,
        S.WEB,
        "JOINT",
        "Hip injection",
        text="Left hip.",
        note="Went elsewhere.",
        where="hip",
        side="L",
    ),
    Asked(75, R.WITHDRAWN, S.PHONE, "RFA", authorization=Z.WITHDRAWN, known=True, note="Does not want to be sedated."),
    Asked(200, R.CLOSED, S.PHONE, "TPI", known=True, note="Treated by the primary care office."),
    Asked(260, R.CLOSED, S.REFERRAL, "KYPHO", known=True, note="Patient died."),
)
