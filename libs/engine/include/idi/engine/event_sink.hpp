// How far a question is: the phases of the pipeline, and whoever wants to be told.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace idi::engine {

enum class Phase {
  understanding,  ///< Is it a question for the data at all, and a safe one?
  context,        ///< Which tables, columns and cells it speaks of.
  generating,     ///< Candidates are written.
  verifying,      ///< Candidates are checked, tried and compared.
  executing,      ///< The chosen one runs.
  visualizing,    ///< The result's shape is read, for its presentation.
};
inline constexpr int phase_count = 6;

/// Share of the whole, adding up to 1; the same numbers for every kind of question, so that a
/// progress bar means the same everywhere.
inline constexpr std::array<double, phase_count> phase_weights{0.15, 0.10, 0.40, 0.20, 0.10, 0.05};

/// "understanding", …
[[nodiscard]] std::string_view phase_name(Phase phase) noexcept;

struct Progress {
  Phase phase = Phase::understanding;
  double percent = 0;   ///< 0–100, never less than in the report before.
  std::string message;  ///< For a person: "Writing SQL".
};

/// The draft while it is written: keep the first `position` tokens, then add this one. A beam
/// changes its mind, so positions may go back.
struct DraftToken {
  std::string text;
  std::size_t position = 0;
};

/// Called on the thread that asks; must return soon.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on_progress(const Progress& progress) = 0;
  /// Only from the generating phase.
  virtual void on_token(const DraftToken& token) { static_cast<void>(token); }
};

/// Tells nobody.
[[nodiscard]] EventSink& no_events();

}  // namespace idi::engine
