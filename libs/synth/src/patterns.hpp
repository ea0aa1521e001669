// Our own patterns: a wording with alternatives and placeholders, and the query that it asks for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/sql/ir.hpp"
#include "scene.hpp"

namespace idi::synth {

struct Pattern {
  /// "{a|b}": alternatives. [T] table (plural), [t] singular, [C]/[c] the child table, [name], [X],
  /// [N], [D] columns, [CX], [CN], [CD] columns of the child, [v], [v2], [cv] text values, [n],
  /// [n2] numbers, [year], [k] a small count, [most], [least], [over], [under] words for [N].
  /// [G]/[g] what refers to [C], [P]/[p] what [T] refers to, [DP], [DC], [DS] verbs for [D],
  /// [deed], [gdeed], [doing], [flag] as in scene.hpp, [money] a word for what something brought
  /// in.
  std::string_view wording;
  std::uint64_t needs;
  ir::Query (*build)(const Scene&);
};

[[nodiscard]] std::span<const Pattern> time_patterns();
[[nodiscard]] std::span<const Pattern> table_patterns();
[[nodiscard]] std::span<const Pattern> relation_patterns();
[[nodiscard]] std::span<const Pattern> money_patterns();
[[nodiscard]] std::span<const Pattern> verb_patterns();
[[nodiscard]] std::span<const Pattern> keyword_patterns();
/// All of them.
[[nodiscard]] std::vector<Pattern> patterns();

/// The wording with alternatives chosen and placeholders written out.
[[nodiscard]] std::string phrase(const Pattern& pattern, const Scene& scene,
                                 const Rewording& rewording, Random& random);

}  // namespace idi::synth
