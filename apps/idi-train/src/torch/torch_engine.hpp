// The engine in libtorch's own operations, on any device it knows: padded batches, autograd. Plain
// rather than clever: it is the reference that the processor's kernels are tested against.
#pragma once

#include <memory>
#include <string>

#include "../engine.hpp"

namespace idi::train {

/// device: "cpu", "cuda", "cuda:1". Throws std::runtime_error if libtorch does not have it.
[[nodiscard]] std::unique_ptr<Engine> make_torch_engine(const Layout& layout,
                                                        const LossOptions& loss,
                                                        const OptimizerOptions& optimizer,
                                                        const std::string& device,
                                                        std::uint64_t seed);

[[nodiscard]] bool cuda_available();

}  // namespace idi::train
