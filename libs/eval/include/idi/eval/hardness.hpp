// How hard a question is, by Spider's official counting of the parts of its gold query: clauses,
// joins, OR and LIKE; subqueries and set operations; repeated aggregates, columns and conditions.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace idi::eval {

enum class Hardness : std::uint8_t { easy, medium, hard, extra };

inline constexpr std::array all_hardness = {Hardness::easy, Hardness::medium, Hardness::hard,
                                            Hardness::extra};

/// Total: any text has one; what is no SELECT counts as easy.
[[nodiscard]] Hardness hardness_of(std::string_view gold_sql);

[[nodiscard]] std::string_view hardness_name(Hardness hardness) noexcept;

}  // namespace idi::eval
