"""The English words for the signs of an account and for what its profile picture is. They accuse nobody."""

from __future__ import annotations

from fakeprofile.avatar import AvatarState, AvatarWhy
from fakeprofile.signs import SignCode

TITLE = "Signs of the account itself"
INTRODUCTION = "Each stands alone: nothing is added up, and none says who runs the account or why."
UNKNOWN = "unknown"
USUAL = (
    "{what}: {ordinary} % of {ordinary_accounts} ordinary accounts, {spam} % of {spam_accounts} spam accounts"
)
INNOCENT = "May be innocent: {why}"
LIMITS = "To be kept in mind"

LABELS: dict[SignCode, str] = {
    SignCode.NO_PHOTO: "Profile picture",
    SignCode.FEW_POSTS: "Posts",
    SignCode.FOLLOWS_MANY: "Follows",
    SignCode.FEW_FOLLOWERS: "Followers",
    SignCode.FOLLOWS_MORE: "Follows and followers",
    SignCode.STORY: "Posts and follows",
    SignCode.DIGITS: "Digits in the name",
    SignCode.YOUNG: "Age of the account",
    SignCode.KNOWN_PICTURES: "Pictures elsewhere",
    SignCode.FORMER_NAMES: "Former names",
}

COUNTED: dict[SignCode, str] = {
    SignCode.NO_PHOTO: "No profile picture of its own",
    SignCode.FEW_POSTS: "Few posts (2 or fewer)",
    SignCode.FOLLOWS_MANY: "Follows many (500 or more)",
    SignCode.FEW_FOLLOWERS: "Few followers (fewer than 50)",
    SignCode.FOLLOWS_MORE: "Follows 5 times as many as follow it",
    SignCode.STORY: "At most 1 post and follows 500 or more",
    SignCode.DIGITS: "3 digits or more in the name",
    SignCode.YOUNG: "Young account (less than 90 days)",
    SignCode.KNOWN_PICTURES: "Pictures known from elsewhere",
    SignCode.FORMER_NAMES: "Had other names before",
}
"""The signs as such, where accounts are counted that have them."""

VALUES: dict[SignCode, str] = {
    SignCode.FEW_POSTS: "{0}",
    SignCode.FOLLOWS_MANY: "{0} accounts",
    SignCode.FEW_FOLLOWERS: "{0}",
    SignCode.FOLLOWS_MORE: "follows {0}, is followed by {1}",
    SignCode.STORY: "posts {0}, follows {1}",
    SignCode.DIGITS: "{0}",
    SignCode.YOUNG: "{0} days",
    SignCode.KNOWN_PICTURES: "{0} of {1} are known from elsewhere",
}
BETWEEN = "{0} to {1} days"
"""The age of an account whose first day is not known to the day."""

STATES: dict[str, str] = {
    AvatarState.KNOWN_DEFAULT: "a default picture",
    AvatarState.LOOKS_DEFAULT: "looks like a default picture",
    AvatarState.OWN: "a picture of its own",
    AvatarState.UNKNOWN: "it cannot be told whether it is a default picture",
}

PLATFORMS: dict[str, str] = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "tiktok": "TikTok",
    "x": "X",
    "snapchat": "Snapchat",
}

WHYS: dict[AvatarWhy, str] = {
    AvatarWhy.SAME_FILE: "every byte is equal to it",
    AvatarWhy.TEMPLATE_FILE: "every byte is equal to “{template}”, which was named as one",
    AvatarWhy.ADDRESS: "by its address",
    AvatarWhy.FILE_NAME: "by the name of the file",
    AvatarWhy.FLAG: "the source says so",
    AvatarWhy.TEMPLATE: "it looks the same as “{template}”, which was named as one",
    AvatarWhy.FIGURE: "one figure on a plain ground",
    AvatarWhy.LETTERS: "letters or a sign on a plain ground",
    AvatarWhy.LOOKED_AT: "it is none of the pictures that many accounts have by default",
    AvatarWhy.OWN_FLAG: "the source says so",
    AvatarWhy.ONE_COLOUR: "it is one plain colour",
    AvatarWhy.CONTRADICTION: "a name or the source says so, but it looks like a photo",
    AvatarWhy.NOTHING: "there is no picture and no word of it",
    AvatarWhy.SEVERAL: "several photos, which one is the profile picture is not known",
}

ROWS: dict[str, str] = {
    "no-photo": "no profile picture",
    "posts-0": "no post",
    "posts-1": "at most 1 post",
    "posts-2": "at most 2 posts",
    "following-500": "follows 500 or more",
    "following-800": "follows 800 or more",
    "followers-50": "fewer than 50 followers",
    "ratio-5": "follows 5 times as many as follow it, or more",
    "ratio-10": "follows 10 times as many as follow it, or more",
    "story": "at most 1 post, and follows 500 or more",
    "digits-3": "3 digits or more",
    "digits-4": "4 digits or more",
}

INNOCENTS: dict[str, str] = {
    "many-have-none": "many people never set a photo, for good reasons.",
    "only-looks": "many people only look, show things that vanish after a day, or have just begun.",
    "follows-widely": "many people follow stars, shops and clubs by the hundred.",
    "new-or-small": "everybody has few followers at first, and a child that lets in only friends keeps few.",
    "follows-stars": "whoever follows stars and brands is not followed back by them.",
    "looks-and-follows": "somebody who only looks at what others post, or has removed old posts.",
    "name-was-taken": "the plain name was taken, so people add a year, a birthday or a lucky number.",
    "everybody-began": "every account was new once; children begin when they get a phone.",
    "shared-or-second": (
        "it may be their own second account, a fan page, or a picture that many have: see where it was seen."
    ),
    "people-rename": "people change the names of their accounts, children often.",
}

LIMIT_WORDS: dict[str, str] = {
    "spam-of-2018": "How usual a sign is was counted among spam accounts of 2018; other accounts may differ.",
    "few-counted": "It was counted on Instagram alone, and on few accounts.",
    "most-are-ordinary": "Where 99 of 100 accounts are ordinary, most accounts with any one of these signs are ordinary too.",
    "other-platform": "This account is not known to be on Instagram, where it was counted.",
    "may-be-a-year": "Four of the digits may be a year, which says less than other digits.",
    "limit-chosen": "From which age on an account is no longer young was chosen, not measured.",
    "only-what-was-compared": "A picture that is not known elsewhere may only stand where nobody has looked.",
    "counts-of-another-day": "The numbers are those of the day on which they were saved.",
}
