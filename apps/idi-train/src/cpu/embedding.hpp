// Nodes from their words: the sums of embedding rows that start the encoder. One thread.
#pragma once

#include "../batch.hpp"
#include "blocks.hpp"

namespace idi::train {

/// x[n] = mean over n's words of (word + mean of grams + class) + node class; [nodes, width].
void embed(const Pass& pass, const Layout& layout, const Batch& batch, float* x);
/// Adds dx to the gradients of every row that embed() read, and marks those of words and grams.
void embed_backward(const Pass& pass, const Layout& layout, const Batch& batch, const float* dx);

}  // namespace idi::train
