// Parts of the system that evaluation can do without, to see what each is worth. For measuring
// alone: nothing that a user reaches leaves a part out.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "idi/engine/engines.hpp"
#include "idi/engine/pipeline.hpp"
#include "idi/engine/source.hpp"

namespace idi::cli {

enum class Part : std::uint8_t {
  linking,       ///< No word is known to match a name.
  values,        ///< No cell is known.
  wordnet,       ///< No synonyms, no word classes.
  beam,          ///< One candidate.
  execution,     ///< The first of the beam, whatever running the others shows.
  verification,  ///< Nothing is checked, nothing repaired.
  selector,      ///< Candidates are weighed by their own probability.
};
inline constexpr std::array all_parts = {Part::linking, Part::values,    Part::wordnet,
                                         Part::beam,    Part::execution, Part::verification,
                                         Part::selector};
[[nodiscard]] std::string_view part_name(Part part) noexcept;
[[nodiscard]] std::optional<Part> part_from_name(std::string_view name) noexcept;

/// What a pipeline is opened with.
struct Equipment {
  engine::Engines engines;
  engine::SourceOptions source;
  engine::Switches switches;
  engine::AskLimits limits;
};
/// Takes the parts out.
void leave_out(const std::set<Part>& parts, Equipment& equipment);

}  // namespace idi::cli
