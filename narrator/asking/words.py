"""The words in which people ask of an index. Data: each word with its kind and what it stands for.

Every character of a question must be accounted for, by one of these words, a name, a period or a number: what is
left over was not understood, and a question that was not understood is not answered.
"""

from __future__ import annotations

from narrator.numerals.trie import Lexicon

Meaning = str | int | tuple[str, ...]


def _each(words: str, kind: str, meaning: Meaning) -> dict[str, tuple[str, Meaning]]:
    return dict.fromkeys(words.split(), (kind, meaning))


WORDS: dict[str, tuple[str, Meaning]] = (
    # What is left unsaid: politeness, particles, and what holds of any question here.
    _each(
        """
        的 地 得 是 了 有 在 为 呢 啊 呀 嘛 吧 哦 请 问 请问 麻烦 一下 下 帮 帮我 帮忙 告诉 给 给我 我 我们 想 要 想知道
        知道 想问 查 查查 查询 查一下 看 看看 看一下 看一看 说说 说 讲讲 列出 列一下 列 现在 目前 当前 这期 这一期
        情况 怎么样 怎样 如何 分别 分别是 各自 都 全都 均 里 中 内 其中 里面 当中 之中 之间 以内 数 个 项 位 名 对 把 又
        也 还 就 到底 究竟 具体 我区 本区 全区 我市 全市 我县 全县 这 那 这个 那个 它 达 达到 于 来 来说 来看 而言
        方面 上 所 出 出现 呈 呈现 从 时 时候 期间 报告 数据 幅度 程度 作用 大小 叫 叫做 属于 包括 包含 含 下面
        下属 旗下 按 照 根据 依据 什么样 一共有 共有 共 一共 总共 算 应 应该 会 能 可以 让 使 成 该 每 某 些
        """,
        "filler", "",
    )
    | _each("， 。 、 ； ： ？ ！ , . ; : ? ! “ ” ‘ ’ \" ' ( ) 《 》 — - ~ … · /", "filler", "")
    | _each("多少 几 是多少 有多少 多少点 几个点 多少个点 多大 多高 多快", "how_much", "")
    | _each("几个百分点 多少个百分点 多少百分点", "how_much", "百分点")
    # What is asked for in these words the answers cannot tell: they refuse it, and say what to ask.
    | _each("到 至 以来 后 之后 起 开始", "span", "")
    | _each("平均 年均 均值 平均值 平均数 平均水平", "mean", "")
    | _each("合计 加起来 之和 合起来 共计", "sum", "")
    | _each("什么时候 啥时候 何时 哪期 哪一期 哪年 哪一年 哪个时期", "when", "")
    | _each("占 占了 占到 占比", "portion", "")
    # measures
    | _each("贡献率 贡献度 贡献份额 贡献比例 贡献 贡献了", "measure", "share")
    | _each("拉动 拉动力 带动 拉动点数 拉升 推动 拉动率 拉动点", "measure", "pull")
    | _each("权重 权数", "measure", "weight")
    | _each("指数 指数值 定基指数 点位 指数点位", "measure", "index")
    | _each("原始值 实际值 原值 数值 实际数值 观测值 实际数 绝对数 绝对值 水平 值", "measure", "value")
    | _each("排名 排位 名次 位次 排行 排第几 排在第几 排到第几 位列第几 居第几 居于第几 第几 第几位 第几名 排第几位 排第几名 "
            "排几 排老几 排在第几位 居第几位 位居第几 列第几 处于第几", "measure", "rank")
    | _each("同比 同比增减 同比增速 同比增幅 同比涨幅 同比变化 同比变动 同比增长率 增速 增长率 增长速度 变动率 变化率 涨跌 "
            "涨跌幅 升降幅 增减 增减幅 变动幅度 变化幅度", "measure", "yoy")
    | _each("环比 环比增速 环比增幅 环比涨幅 环比变化 环比变动 环比增长率 环比增减", "measure", "pop")
    # directions
    | _each("上升 增长 上涨 提高 提升 回升 走高 增加 攀升 上扬 上行 增 升 涨 升高 变好 好转 改善 进步 正增长 增多 增多少 新增 净增 "
            "涨了 升了 增了", "sign", 1)
    | _each("下降 下跌 回落 降低 下滑 减少 走低 降 跌 下行 下挫 负增长 变差 恶化 退步 缩小 减 跌了 降了 萎缩", "sign", -1)
    | _each("持平 平 不变 没变 没有变化 没变化 基本持平", "sign", 0)
    | _each("增幅 涨幅 升幅 同比升幅 增长幅度 上升幅度 上涨幅度 提升幅度", "size", 1)
    | _each("降幅 跌幅 减幅 同比降幅 同比跌幅 下降幅度 下跌幅度 回落幅度", "size", -1)
    | _each("环比升幅 环比涨幅 环比增幅", "size_pop", 1)
    | _each("环比降幅 环比跌幅", "size_pop", -1)
    | _each("拖累 拖后腿 下拉 拖了后腿", "drag", -1)
    # the first and the last
    | _each("最高 最大 最多 最快 最强 最突出 最明显 最猛 最显著 居首 居首位 第一 首位 榜首 领先 领跑 最靠前 最前 "
            "第一位 第一名 排第一 居第一位 居第一 头名 冠军 最深 最厉害 最狠 最严重 最为突出", "extreme", 1)
    | _each("最低 最小 最少 最慢 最弱 末位 居末位 垫底 倒数第一 最后 最后一位 最后一名 排最后 最靠后 殿后 最末 末尾 "
            "排末位", "extreme", -1)
    | _each("最好 最差 最优 最佳 最亮眼 表现最好 表现最差 最糟", "judged", "")
    | _each("次席 居次席 第二位 第二名 第二 其次 排第二 次高 第二高 第二大 第二多 第二快 居第二位", "order", 2)
    | _each("第三位 第三名 第三 排第三 第三高 第三大 第三多 第三快 居第三位", "order", 3)
    | _each("第四位 第四名 第四 排第四 第四高", "order", 4)
    | _each("第五位 第五名 第五 排第五 第五高", "order", 5)
    | _each("倒数第二 次低 第二低 第二小 第二少 第二慢 倒数第二位 倒数第二名", "order", -2)
    | _each("倒数第三 第三低 第三小 倒数第三位", "order", -3)
    | _each("前两位 前二 前两名 前两个 前两项 最高的两个 头两位 前2 前2位 前2名", "first", 2)
    | _each("前三位 前三 前三名 前三个 前三项 头三位 前3 前3位 前3名 前3个", "first", 3)
    | _each("前五位 前五 前五名 前五个 前五项 前5 前5位 前5名", "first", 5)
    | _each("后两位 后二 后两名 后两个 末两位 倒数两个", "first", -2)
    | _each("后三位 后三 后三名 后三个 末三位 倒数三个", "first", -3)
    | _each("排序 排个序 排一下序 排下序 从高到低 由高到低 从大到小 由大到小", "sorted", 1)
    | _each("从低到高 由低到高 从小到大 由小到大", "sorted", -1)
    # what is asked for
    | _each("哪个 哪一个 哪项 哪一项 哪几个 哪些 哪几项 谁 哪 哪种 哪类 哪一类 什么 何 几个 多少个 几项 多少项 几类", "which", "")
    | _each("各 各个 各项 每个 每项 每一个 所有 全部 诸", "all", "")
    | {f"{word}{unit}": ("all", size) for size, word in enumerate("两三四五六七八", 2) for unit in "大个项"}
    | _each("模块 板块 模块指数 分项指数 大类 领域 分指数", "scope", "module")
    | _each("指标 指标指数 分项指标 分项 具体指标 单项指标 单项", "scope", "indicator")
    | _each("总指数 综合指数 总体 整体 全体 总的 总", "total", "")
    | _each("为什么 为何 怎么算 怎么计算 如何计算 怎么算的 怎么来 怎么来的 怎么得来 怎么得出 如何得出 怎么得 如何算 如何得来 算式 "
            "公式 怎样计算 怎么算出 怎么算出来 何以 咋算 咋来 计算过程 计算方法 计算公式 原因 缘由 是怎么算 怎么会", "why", "")
    | _each("走势 趋势 变化 变动 怎么变 如何变 怎么变化 如何变化 怎么变的 变化趋势 变动趋势 历程 历年 历史 历期 各期 逐期 轨迹 "
            "历次 近几期 近期 最近 近年 近几年 这几期 几期 历史走势 变化情况 变动情况 走向 过程", "course", "")
    | _each("相差 差距 差多少 差 差值 差几个点 落差 相距", "gap", "")
    | _each("高 多 快 大 领先于 高出 多出 快于 高过", "more", 1)
    | _each("低 少 慢 小 落后于 低出 慢于 落后", "more", -1)
    | _each("吗 是否 是不是 有没有 有无 么 没有吗 了没 了没有", "whether", "")
    | _each("几升几降 几升几降几平 几升几平 几升 几降 几平 升降 升降情况 涨跌情况 升降平 几增几减 几涨几跌", "tally", "")
    | _each("问题 短板 弱项 薄弱环节 主要问题 突出问题 存在问题 不足之处 弱点", "problems", "")
    | _each("没有 没 不 未 未能 并未 并没有", "not", "")
    | _each("超过 高于 大于 多于 超 突破 以上 超出 迈过", "beyond", 1)
    | _each("低于 小于 少于 不足 不到 不及 以下", "beyond", -1)
    | _each("比 较 与 和 跟 同 相比 比较 对比 相比较 相对 相较 相较于 较之 比起 以及 及 还是", "link", "")
    # courses that the engine knows
    | _each("创新高 创历史新高 历史新高 新高 创下新高 历史最高 有数据以来最高", "pattern", ("record_high",))
    | _each("创新低 历史新低 新低 创历史新低 历史最低 有数据以来最低", "pattern", ("record_low",))
    | _each("止跌回升 由降转升 重回升势 转降为升 止跌", "pattern", ("turn_up", "yoy_turn_up"))
    | _each("由升转降 冲高回落 转升为降 见顶回落", "pattern", ("turn_down", "yoy_turn_down"))
    | _each("连续上升 连续走高 连续增长 持续上升 持续走高 连续上涨 持续增长 连升", "pattern", ("streak_up",))
    | _each("连续下降 连续走低 连续下跌 持续下降 持续走低 连续回落 持续下滑 连续下滑 连降", "pattern", ("streak_down",))
)  # fmt: skip
LEXICON = Lexicon(WORDS)
