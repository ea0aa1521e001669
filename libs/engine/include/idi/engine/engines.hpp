// Who is asked: the built-in parser, a language model, or both, and what their agreement is worth.
// docs/decisions/0022-two-engines-one-answer.md has the reasons for the numbers. Plain values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "idi/engine/sql_generator.hpp"

namespace idi::engine {

enum class Policy : std::uint8_t {
  fast,     ///< The parser; the model is asked only where the parser is unsure.
  careful,  ///< Both, always.
  model,    ///< The model; the parser only where the model fails.
};
[[nodiscard]] std::string_view policy_name(Policy policy) noexcept;
[[nodiscard]] std::optional<Policy> policy_from_name(std::string_view name) noexcept;

struct Engines {
  std::shared_ptr<const SqlGenerator> parser;
  std::shared_ptr<const SqlGenerator> model = nullptr;  ///< Null: the parser answers alone.
  Policy policy = Policy::fast;
};

/// Policy::fast asks the model where the parser's confidence is below this. It is where "high"
/// begins in what people read: whoever would be told "check the SQL" gets a second opinion first.
inline constexpr double sure_confidence = 0.8;

/// Share of questions for which none of the parser's candidates is right, rounded up from what is
/// measured on Spider dev (docs/evaluation.md): what it leaves to a query that it did not think of.
inline constexpr double parser_misses = 0.15;

/// Of the time that is left for a question, the share that a language model may use up; the rest is
/// for trying, running, and for the parser's answer if the model comes to no end.
inline constexpr double model_time_share = 0.8;

/// Policy::fast: a model that is still loading is waited for no longer than this.
inline constexpr std::int64_t fast_wait_ms = 5'000;

}  // namespace idi::engine
