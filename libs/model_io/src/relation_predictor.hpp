// Guesses each relation from what was seen before; the file then stores only where the guess was
// wrong. Reader and writer run the same guesses, so a change here is a new format version.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <vector>

namespace idi::model_io {

class RelationPredictor {
 public:
  /// Visits the N·N cells row by row. `step(guess)` returns the true relation; it is also stored
  /// in `relations` (size N·N). `node_ids`: equal numbers mean equal nodes, across examples too.
  template <typename Step>
  void visit(std::span<const std::uint32_t> node_ids, std::span<const std::uint8_t> classes,
             std::size_t tokens, std::span<std::uint8_t> relations, Step&& step) {
    const std::size_t n = node_ids.size();
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const std::size_t cell = i * n + j;
        const std::uint32_t left = j > 0 ? relations[cell - 1] : outside;
        const std::uint32_t up = i > 0 ? relations[cell - n] : outside;
        const std::uint32_t back = j < i ? relations[j * n + i] : outside;
        Remembered* by_pair = nullptr;
        std::uint32_t tag = 0;
        std::uint8_t* by_context = nullptr;
        if (i < tokens && j < tokens) {
          // Between question words the distance decides, which the diagonal neighbour shows.
          const std::uint32_t diagonal = i > 0 && j > 0 ? relations[cell - n - 1] : outside;
          by_context = &contexts_[slot(left | up << 8 | diagonal << 16, back) % context_slots];
        } else {
          const std::size_t hash = slot(node_ids[i] * 0x9E3779B1U + back, node_ids[j]);
          by_pair = &pairs_[hash % pair_slots];
          tag = 1 + static_cast<std::uint32_t>(hash / pair_slots);
          by_context = &contexts_[slot(left | up << 8 | std::uint32_t{classes[i]} << 16 |
                                           std::uint32_t{classes[j]} << 24,
                                       back + 256) %
                                  context_slots];
        }
        const bool known = by_pair != nullptr && by_pair->tag == tag;
        const std::uint8_t guess = known ? by_pair->relation : *by_context;
        const std::uint8_t relation = step(guess);
        relations[cell] = relation;
        if (by_pair != nullptr) *by_pair = {tag, relation};
        *by_context = relation;
      }
    }
  }

 private:
  static constexpr std::uint32_t outside = 255;
  static constexpr std::size_t pair_slots = std::size_t{1} << 20;
  static constexpr std::size_t context_slots = std::size_t{1} << 16;

  /// The tag tells most pairs that share a slot apart: a strange pair's relation is a bad guess.
  struct Remembered {
    std::uint32_t tag;  ///< 0: nothing yet
    std::uint8_t relation;
  };

  static std::size_t slot(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t mixed = (std::uint64_t{a} << 32 | b) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9ULL >> 16);
  }

  struct Free {
    void operator()(Remembered* start) const { std::free(start); }
  };
  /// calloc: pages that a small file never reaches are never touched.
  static Remembered* allocate() {
    auto* start = static_cast<Remembered*>(std::calloc(pair_slots, sizeof(Remembered)));
    if (start == nullptr) throw std::bad_alloc();
    return start;
  }

  std::unique_ptr<Remembered[], Free> pairs_{allocate()};
  std::vector<std::uint8_t> contexts_ =
      std::vector<std::uint8_t>(context_slots, std::uint8_t{outside});
};

}  // namespace idi::model_io
