// Questions composed of parts, by family: shares, counts side by side, growth, the top of each
// group, times, several conditions …
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "idi/sql/ir.hpp"
#include "parts.hpp"

namespace idi::synth {

struct Composition {
  std::string wording;
  ir::Query query;
};

struct Family {
  std::string_view name;  ///< "share", "growth" …
  int weight;             ///< Of its draws among all.
  std::optional<Composition> (*compose)(Parts&);
};

[[nodiscard]] std::span<const Family> comparison_families();  ///< Shares, conditions, over time
[[nodiscard]] std::span<const Family> ranking_families();     ///< Tops, averages, having
[[nodiscard]] std::span<const Family> plain_families();       ///< Conditions, measures
[[nodiscard]] std::span<const Family> time_families();        ///< Parts of dates, days between

struct Composed {
  std::string_view family;
  Composition composition;
};
/// One draw; nullopt where the drawn table or family has not what it takes.
[[nodiscard]] std::optional<Composed> compose(const Schema& schema, const Rewording& rewording,
                                              const temporal::Calendar& calendar, Random& random);

}  // namespace idi::synth
