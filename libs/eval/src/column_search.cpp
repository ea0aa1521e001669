#include "column_search.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace idi::eval {
namespace {

using Hash = std::uint64_t;

Hash mix(Hash value) {  // splitmix64's finaliser
  value += 0x9E3779B97F4A7C15ULL;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

/// The same for every order of the cells.
Hash bag_hash(const std::vector<std::uint32_t>& column) {
  Hash sum = 0;
  for (const auto cell : column) sum += mix(cell);
  return sum;
}

class BagSearch {
 public:
  BagSearch(const NumberedColumns& left, const NumberedColumns& right, std::int64_t max_cells)
      : left_(left), right_(right), cells_left_(max_cells), rows_(left.front().size()) {}

  bool run() {
    if (!find_candidates()) return false;
    left_prefixes_.assign(1, std::vector<Hash>(rows_, 0));
    right_prefixes_.assign(1, std::vector<Hash>(rows_, 0));
    left_prefixes_.resize(left_.size() + 1);
    right_prefixes_.resize(left_.size() + 1);
    used_.assign(right_.size(), false);
    chosen_.assign(left_.size(), 0);
    return extend(0);
  }

 private:
  /// For every left column the right ones with the same bag of cells; the scarcest first.
  bool find_candidates() {
    std::vector<Hash> left_bags;
    std::vector<Hash> right_bags;
    for (const auto& column : left_) left_bags.push_back(bag_hash(column));
    for (const auto& column : right_) right_bags.push_back(bag_hash(column));
    candidates_.resize(left_.size());
    for (std::size_t i = 0; i < left_.size(); ++i) {
      for (std::size_t j = 0; j < right_.size(); ++j) {
        if (left_bags[i] == right_bags[j]) candidates_[i].push_back(j);
      }
      if (candidates_[i].empty()) return false;
    }
    order_.resize(left_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
      return candidates_[a].size() < candidates_[b].size();
    });
    return true;
  }

  bool extend(std::size_t depth) {
    if (depth == left_.size()) return bags_equal();
    const std::size_t column = order_[depth];
    const Hash wanted = append(left_prefixes_, depth, left_[column]);
    std::vector<std::size_t> failed;
    for (const std::size_t candidate : candidates_[column]) {
      if (used_[candidate]) continue;
      // A twin of a column that failed here fails too: without this, n equal columns cost n!.
      const bool twin = std::any_of(failed.begin(), failed.end(), [&](std::size_t other) {
        return right_[other] == right_[candidate];
      });
      if (twin) continue;
      if (cells_left_ <= 0) return false;
      if (append(right_prefixes_, depth, right_[candidate]) == wanted) {
        used_[candidate] = true;
        chosen_[column] = candidate;
        if (extend(depth + 1)) return true;
        used_[candidate] = false;
      }
      failed.push_back(candidate);
    }
    return false;
  }

  Hash append(std::vector<std::vector<Hash>>& prefixes, std::size_t depth,
              const std::vector<std::uint32_t>& column) {
    const auto& before = prefixes[depth];
    auto& after = prefixes[depth + 1];
    after.resize(rows_);
    Hash bag = 0;
    for (std::size_t r = 0; r < rows_; ++r) {
      after[r] = mix(before[r] ^ (0x9FB21C651E98DF25ULL * (column[r] + 1ULL)));
      bag += mix(after[r]);
    }
    cells_left_ -= static_cast<std::int64_t>(rows_);
    return bag;
  }

  /// Hashes only proposed; this decides, by the cells themselves.
  bool bags_equal() {
    cells_left_ -= static_cast<std::int64_t>(rows_ * left_.size());
    std::vector<std::size_t> right_columns;
    for (std::size_t i = 0; i < left_.size(); ++i) right_columns.push_back(chosen_[i]);
    std::vector<std::size_t> left_columns(left_.size());
    std::iota(left_columns.begin(), left_columns.end(), std::size_t{0});
    const auto left_rows = sorted_rows(left_, left_columns, left_prefixes_.back());
    const auto right_rows = sorted_rows(right_, right_columns, right_prefixes_.back());
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = 0; c < left_columns.size(); ++c) {
        if (left_[c][left_rows[r]] != right_[right_columns[c]][right_rows[r]]) return false;
      }
    }
    return true;
  }

  /// By hash first, which is quick; rows of one hash by their cells.
  std::vector<std::size_t> sorted_rows(const NumberedColumns& table,
                                       const std::vector<std::size_t>& columns,
                                       const std::vector<Hash>& hashes) const {
    std::vector<std::size_t> rows(rows_);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      if (hashes[a] != hashes[b]) return hashes[a] < hashes[b];
      for (const std::size_t c : columns) {
        if (table[c][a] != table[c][b]) return table[c][a] < table[c][b];
      }
      return false;
    });
    return rows;
  }

  const NumberedColumns& left_;
  const NumberedColumns& right_;
  std::int64_t cells_left_;
  std::size_t rows_;
  std::vector<std::vector<std::size_t>> candidates_;
  std::vector<std::size_t> order_;
  std::vector<std::vector<Hash>> left_prefixes_;   // [depth][row]
  std::vector<std::vector<Hash>> right_prefixes_;  // [depth][row]
  std::vector<bool> used_;
  std::vector<std::size_t> chosen_;  // right column of each left column
};

}  // namespace

bool same_bag_under_some_permutation(const NumberedColumns& left, const NumberedColumns& right,
                                     std::int64_t max_cells) {
  if (left.empty()) return true;
  return BagSearch(left, right, max_cells).run();
}

bool same_rows_under_some_permutation(const NumberedColumns& left, const NumberedColumns& right) {
  // With the rows fixed a column matches or it does not: the columns must be equal as bags.
  const auto sorted = [](const NumberedColumns& columns) {
    std::vector<const std::vector<std::uint32_t>*> pointers;
    for (const auto& column : columns) pointers.push_back(&column);
    std::sort(pointers.begin(), pointers.end(),
              [](const auto* a, const auto* b) { return *a < *b; });
    return pointers;
  };
  const auto left_sorted = sorted(left);
  const auto right_sorted = sorted(right);
  return std::equal(left_sorted.begin(), left_sorted.end(), right_sorted.begin(),
                    right_sorted.end(), [](const auto* a, const auto* b) { return *a == *b; });
}

}  // namespace idi::eval
