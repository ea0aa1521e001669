#include "embedding.hpp"

#include <algorithm>

#include "kernels.hpp"

namespace idi::train {
namespace {

/// Calls visit(table offset, row, share) for each embedding row in node n.
template <typename Visit>
void visit_rows(const Layout& layout, const Batch& batch, int n, Visit&& visit) {
  const int first = batch.word_begin[n];
  const int last = batch.word_begin[n + 1];
  const float share = 1 / static_cast<float>(last - first);
  for (int w = first; w < last; ++w) {
    visit(layout.words, batch.word_ids[w], share);
    visit(layout.word_classes, batch.word_classes[w], share);
    const int begin = batch.gram_begin[w];
    const int end = batch.gram_begin[w + 1];
    for (int g = begin; g < end; ++g)
      visit(layout.grams, batch.gram_ids[g], share / static_cast<float>(end - begin));
  }
  visit(layout.node_classes, batch.node_classes[n], 1.0F);
}

}  // namespace

void embed(const Pass& pass, const Layout& layout, const Batch& batch, float* x) {
  for (int n = 0; n < batch.nodes(); ++n) {
    float* out = x + n * pass.width;
    std::fill_n(out, pass.width, 0.0F);
    visit_rows(layout, batch, n, [&](Index table, Index row, float share) {
      add_scaled(pass.values + table + row * pass.width, pass.width, share, out);
    });
  }
}

void embed_backward(const Pass& pass, const Layout& layout, const Batch& batch, const float* dx) {
  for (int n = 0; n < batch.nodes(); ++n) {
    const float* d = dx + n * pass.width;
    visit_rows(layout, batch, n, [&](Index table, Index row, float share) {
      add_scaled(d, pass.width, share, pass.gradients + table + row * pass.width);
    });
  }
  for (const std::int32_t word : batch.word_ids) pass.touched_words[word] = 1;
  for (const std::uint16_t gram : batch.gram_ids) pass.touched_grams[gram] = 1;
}

}  // namespace idi::train
