// Attention of packed examples, with or without relations between the nodes, forward and backward;
// no N×N×width tensor is ever made (docs/model.md). One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "arena.hpp"
#include "dropout.hpp"

namespace idi::train {

/// Where queries, keys and values of a batch stand. Example e has queries query_begin[e] … [e+1]
/// and keys key_begin[e] … [e+1]; rows are ld floats apart, heads one after the other in a row.
struct AttentionShape {
  int heads = 0, head_width = 0;
  const std::vector<int>* query_begin = nullptr;
  const std::vector<int>* key_begin = nullptr;
  bool causal = false;  ///< A query sees only keys up to its own place.

  /// Relations: bytes of [queries, keys] of each example from relation_begin[e]; null: none.
  const std::uint8_t* relations = nullptr;
  const std::vector<Index>* relation_begin = nullptr;
  int relation_count = 0;

  [[nodiscard]] int examples() const { return static_cast<int>(query_begin->size()) - 1; }
  [[nodiscard]] Index queries() const { return query_begin->back(); }
  /// Stored width of a row of per-relation sums.
  [[nodiscard]] Index relation_stride() const { return (relation_count + 15) / 16 * 16; }
};

struct Rows {
  const float* start = nullptr;
  Index ld = 0;
};
struct MutableRows {
  float* start = nullptr;
  Index ld = 0;
};

/// What the way back needs.
struct AttentionMemory {
  /// Per example and head [queries, keys]: probabilities, negative where dropout took them.
  float* probabilities = nullptr;
  std::vector<Index> begin;  ///< Of each example.
  /// [heads, queries, relation_stride]: kept probabilities by relation.
  float* by_relation = nullptr;
};

/// out [queries, heads · head_width]. relation_key, relation_value: [relation_count, head_width].
void attend(const AttentionShape& shape, Rows query, Rows key, Rows value,
            const float* relation_key, const float* relation_value, Dropout dropout, Arena& arena,
            AttentionMemory& memory, float* out);

/// Writes d_query, d_key, d_value; adds to d_relation_key, d_relation_value.
void attend_backward(const AttentionShape& shape, Rows query, Rows key, Rows value,
                     const float* relation_key, const float* relation_value, Dropout dropout,
                     const AttentionMemory& memory, const float* d_out, Arena& arena,
                     MutableRows d_query, MutableRows d_key, MutableRows d_value,
                     float* d_relation_key, float* d_relation_value);

}  // namespace idi::train
