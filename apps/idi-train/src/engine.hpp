// What computes: parameters, gradients, the optimiser's moments and the averaged weights, on
// whatever device. Two implementations: hand-written kernels on the processor (cpu/) and libtorch's
// operations on any device (torch/).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "batch.hpp"
#include "layout.hpp"

namespace idi::train {

struct LossOptions {
  float dropout = 0.15F;
  float label_smoothing = 0;  ///< Over what the grammar allows only.
  float used_weight = 0.5F;   ///< Of the used-item loss.
};

struct OptimizerOptions {
  float beta1 = 0.9F, beta2 = 0.98F, epsilon = 1e-8F;
  float weight_decay = 0.01F;
  float clip_norm = 1;
  float average_decay = 0.999F;
};

struct StepResult {
  double loss = 0;  ///< Cross-entropy per step, without smoothing.
  double used_loss = 0;
  double gradient_norm = 0;  ///< Before clipping.
  int right_examples = 0;    ///< Every step's best choice is the target.
};

/// Scores of one step of an example.
struct StepScore {
  float log_probability = 0;  ///< Of the target, over what the grammar allows.
  bool best = false;          ///< The target is the most probable.
};

/// Everything that a checkpoint has to keep; each of layout.count floats.
struct EngineState {
  std::vector<float> values, averages, first_moments, second_moments;
  std::int64_t steps = 0;
};

enum class Weights { current, averaged };

class Engine {
 public:
  virtual ~Engine() = default;
  /// One optimiser step on the mean loss over these examples. Deterministic in (state, arguments).
  virtual StepResult train(std::span<const TrainingExample* const> examples, float rate,
                           std::uint64_t seed) = 0;
  /// Steps' scores of each example, in order.
  virtual std::vector<std::vector<StepScore>> score(
      std::span<const TrainingExample* const> examples, Weights which) = 0;
  [[nodiscard]] virtual EngineState state() const = 0;
  virtual void set_state(EngineState state) = 0;
  /// Examples of one batch should have about equal sizes: it pads.
  [[nodiscard]] virtual bool pads() const = 0;
};

}  // namespace idi::train
