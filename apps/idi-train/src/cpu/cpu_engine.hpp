// The engine of the processor: each thread works on examples of its own, then all share the
// optimiser step. The result depends on the number of threads, not on their timing.
#pragma once

#include <memory>

#include "../engine.hpp"

namespace idi::train {

/// micro_batch: examples that a thread takes at once; memory and cache decide, the mathematics do
/// not.
[[nodiscard]] std::unique_ptr<Engine> make_cpu_engine(const Layout& layout, const LossOptions& loss,
                                                      const OptimizerOptions& optimizer,
                                                      int threads, int micro_batch,
                                                      std::uint64_t seed);

}  // namespace idi::train
