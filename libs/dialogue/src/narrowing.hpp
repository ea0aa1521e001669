// The previous question with one restriction more on its rows: what it shows of them stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sentence.hpp"
#include "subject.hpp"

namespace idi::dialogue {

/// Does the question show rows, not a figure made of them ("how many", "the average …")?
[[nodiscard]] bool shows_rows(const Sentence& question, const Subject& about);

/// With a restriction ("in Berlin"), or a relative clause ("that are in Berlin").
[[nodiscard]] std::string narrowed(const Sentence& question, const std::optional<Subject>& about,
                                   std::string_view restriction);

}  // namespace idi::dialogue
