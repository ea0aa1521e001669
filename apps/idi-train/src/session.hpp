// The state of one training beyond the engine: where it stands, its clock, its checkpoint.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine.hpp"
#include "learning_curve.hpp"
#include "options.hpp"
#include "sampler.hpp"

namespace idi::train {

struct Session {
  std::int64_t step = 0;
  std::int64_t examples = 0;
  double seconds = 0;  ///< Spent before this process and in it
  std::vector<CurvePoint> curve;

  /// 0 at the start, 1 at the end, by steps or by the clock.
  [[nodiscard]] double progress(const Options& options) const;
  [[nodiscard]] float rate(const Options& options) const;
};

/// DIR/training.ckpt, replaced as a whole. Throws FormatError.
void save_checkpoint(const Options& options, const Layout& layout, const Session& session,
                     const Engine& engine, const Sampler& sampler);
/// Throws FormatError; UsageError if it is of another training.
void load_checkpoint(const Options& options, const Layout& layout, Session& session, Engine& engine,
                     Sampler& sampler);

/// Finds out before the training what would fail after it. Throws std::runtime_error.
void check_writable(const Options& options);

/// Replaces a text file. Throws std::runtime_error with the system's reason.
void write_text(const std::string& path, const std::string& text);

}  // namespace idi::train
