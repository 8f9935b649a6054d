"""What takes hours or money beside disputes: administrative items and programmes."""

from sim.specification.schema.fields import Block, Name, Number, lever, structure, uncertainty


class AdminItem(Block):
    """One kind of administrative load, such as meetings, inspections or ledgers (会议、检查、台账)."""

    name: Name = structure("name")
    share_of_admin: Number = uncertainty(
        "its part of the hours that `admin_share` stands for; parts sum to 1", unit="share", ge=0, le=1
    )
    level: Number = lever("how much of it there is, relative to what `admin_share` stands for", unit="ratio", ge=0)


class Programme(Block):
    """What costs money but nobody's hours: a platform, training, awards (平台、培训、奖励)."""

    name: Name = structure("name")
    yuan_per_year: Number = uncertainty("running cost", unit="yuan per year", ge=0)
    start_up_yuan: Number = uncertainty("cost of setting it up, paid once", unit="yuan", ge=0)
