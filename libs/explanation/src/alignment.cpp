#include "alignment.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "cue_words.hpp"
#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"

namespace idi::explanation {
namespace {

using link::CellMatch;
using link::NameMatch;

template <typename T>
bool holds(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool is_same_text(const std::string& a, const std::string& b) {
  return text::fold_case(a) == text::fold_case(b);
}

class Aligner {
 public:
  Aligner(const std::vector<DraftPart>& parts, const link::LinkedQuestion& question)
      : parts_(parts), q_(question), part_of_(question.tokens.size(), -1) {
    out_.tokens.resize(parts.size());
  }

  Alignment take() && {
    values();
    names();
    cues();
    share();
    out_.used.resize(part_of_.size());
    for (std::size_t t = 0; t < part_of_.size(); ++t) {
      out_.used[t] = part_of_[t] >= 0 || is_plain_word(q_.tokens[t].lower) || is_akin(t);
    }
    for (auto& tokens : out_.tokens) std::sort(tokens.begin(), tokens.end());
    return std::move(out_);
  }

 private:
  bool is_free(std::size_t token) const { return part_of_[token] < 0; }
  void assign(std::size_t token, std::size_t part) {
    part_of_[token] = static_cast<int>(part);
    out_.tokens[part].push_back(static_cast<int>(token));
  }

  NameMatch table_match(std::size_t token, std::size_t i) const {
    return q_.token_table[token * q_.tables.size() + i];
  }
  NameMatch column_match(std::size_t token, std::size_t i) const {
    return q_.token_column[token * q_.columns.size() + i];
  }

  // ---- values

  void values() {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      for (const ir::Literal& literal : parts_[p].origins.literals) value(literal, p);
    }
  }

  void value(const ir::Literal& literal, std::size_t part) {
    if (literal.candidate >= 0 && literal.candidate < static_cast<int>(q_.values.size())) {
      take_range(q_.values[static_cast<std::size_t>(literal.candidate)], part);
      return;
    }
    const link::ValueCandidate* best = nullptr;
    for (const auto& candidate : q_.values) {
      const bool same = is_same_text(candidate.text, literal.text) ||
                        std::any_of(candidate.cells.begin(), candidate.cells.end(),
                                    [&](const auto& c) { return is_same_text(c, literal.text); });
      if (same && (!best || length(candidate) > length(*best)) && any_free(candidate)) {
        best = &candidate;
      }
    }
    if (best) {
      take_range(*best, part);
    } else if (!spelled_out(literal, part)) {
      cell_of_column(part);
    }
  }

  static int length(const link::ValueCandidate& value) {
    return value.token_end - value.token_begin;
  }
  bool any_free(const link::ValueCandidate& value) const {
    for (int t = value.token_begin; t < value.token_end; ++t) {
      if (is_free(static_cast<std::size_t>(t))) return true;
    }
    return false;
  }
  void take_range(const link::ValueCandidate& value, std::size_t part) {
    const int end = std::min(value.token_end, static_cast<int>(part_of_.size()));
    for (int t = std::max(0, value.token_begin); t < end; ++t) {
      if (is_free(static_cast<std::size_t>(t))) assign(static_cast<std::size_t>(t), part);
    }
  }

  /// The words of the value stand in the question, one after the other or at least some of them.
  bool spelled_out(const ir::Literal& literal, std::size_t part) {
    const auto words = link::tokenize(literal.text);
    bool found = false;
    for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
      if (!is_free(t) || is_plain_word(q_.tokens[t].lower)) continue;
      const bool in_value = std::any_of(words.begin(), words.end(), [&](const auto& word) {
        return word.lower == q_.tokens[t].lower ||
               (word.stem == q_.tokens[t].stem && word.stem.size() > 2);
      });
      if (!in_value) continue;
      assign(t, part);
      found = true;
    }
    return found;
  }

  /// "female" for 'F': the words that the linker saw in the compared column's cells.
  void cell_of_column(std::size_t part) {
    const auto& columns = parts_[part].origins.columns;
    for (const CellMatch wanted : {CellMatch::exact, CellMatch::partial}) {
      bool found = false;
      for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
        if (!is_free(t) || is_plain_word(q_.tokens[t].lower)) continue;
        for (std::size_t c = 0; c < q_.columns.size(); ++c) {
          if (q_.token_cell[t * q_.columns.size() + c] != wanted ||
              !holds(columns, q_.columns[c])) {
            continue;
          }
          assign(t, part);
          found = true;
          break;
        }
      }
      if (found) return;
    }
  }

  // ---- names

  /// How well a token names what a part speaks of.
  NameMatch match(std::size_t token, const Origins& origins, bool with_tables) const {
    auto best = NameMatch::none;
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (holds(origins.columns, q_.columns[i])) best = std::max(best, column_match(token, i));
    }
    if (!with_tables) return best;
    for (std::size_t i = 0; i < q_.tables.size(); ++i) {
      if (holds(origins.tables, q_.tables[i])) best = std::max(best, table_match(token, i));
    }
    return best;
  }

  NameMatch best_anywhere(std::size_t token) const {
    auto best = NameMatch::none;
    for (std::size_t i = 0; i < q_.columns.size(); ++i)
      best = std::max(best, column_match(token, i));
    for (std::size_t i = 0; i < q_.tables.size(); ++i) best = std::max(best, table_match(token, i));
    return best;
  }

  /// Columns of these name their table too; asked only where nothing else fits.
  bool names_table_of(std::size_t token, const Origins& origins) const {
    for (std::size_t i = 0; i < q_.tables.size(); ++i) {
      if (table_match(token, i) < NameMatch::synonym) continue;
      if (std::any_of(origins.columns.begin(), origins.columns.end(),
                      [&](ColumnRef ref) { return ref.table == q_.tables[i]; })) {
        return true;
      }
    }
    return false;
  }

  void names() {
    for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
      if (!is_free(t) || answers_only(t)) continue;
      const auto anywhere = best_anywhere(t);
      if (anywhere == NameMatch::none) continue;
      std::vector<NameMatch> matches(parts_.size());
      auto best = NameMatch::none;
      for (std::size_t p = 0; p < parts_.size(); ++p) {
        matches[p] = match(t, parts_[p].origins, true);
        best = std::max(best, matches[p]);
      }
      // A word that names something else exactly is not explained by being akin to this.
      if (best == NameMatch::none || (best < NameMatch::partial && best < anywhere)) {
        by_table(t);
        continue;
      }
      assign(t, best_part(t, matches, best));
    }
  }

  void by_table(std::size_t token) {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (!names_table_of(token, parts_[p].origins)) continue;
      assign(token, p);
      return;
    }
  }

  /// "which", "for": seldom the name that they happen to equal.
  bool answers_only(std::size_t token) const {
    return is_plain_word(q_.tokens[token].lower) && best_anywhere(token) < NameMatch::exact;
  }

  /// Of the parts that match best: the one of the word before; then the one with fewest words.
  std::size_t best_part(std::size_t token, const std::vector<NameMatch>& matches,
                        NameMatch best) const {
    std::size_t chosen = parts_.size();
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (matches[p] != best) continue;
      if (token > 0 && part_of_[token - 1] == static_cast<int>(p)) return p;
      if (chosen == parts_.size() || rank(p) < rank(chosen)) chosen = p;
    }
    return chosen;
  }
  /// Joins are named by what they join; they come last.
  std::size_t rank(std::size_t part) const {
    const std::size_t late = parts_[part].kind == PartKind::join ? 1000 : 0;
    return late + out_.tokens[part].size();
  }

  // ---- operations

  void cues() {
    for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
      if (!is_free(t)) continue;
      const Cues asked = cues_of(q_.tokens[t].lower);
      if (asked.none()) continue;
      std::size_t chosen = parts_.size();
      int nearest = std::numeric_limits<int>::max();
      for (std::size_t p = 0; p < parts_.size(); ++p) {
        if ((parts_[p].origins.cues & asked).none()) continue;
        const int distance = distance_to(p, static_cast<int>(t));
        if (distance < nearest) {
          nearest = distance;
          chosen = p;
        }
      }
      if (chosen < parts_.size()) assign(t, chosen);
    }
  }

  int distance_to(std::size_t part, int token) const {
    constexpr int no_words = 3;  // a part without words is as likely as one a few words away
    int least = no_words;
    if (out_.tokens[part].empty()) return least;
    least = std::numeric_limits<int>::max();
    for (const int other : out_.tokens[part]) least = std::min(least, std::abs(other - token));
    return least;
  }

  /// Parts without words take those of what they speak of, from others.
  void share() {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (!out_.tokens[p].empty() || parts_[p].kind == PartKind::glue) continue;
      for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
        if (answers_only(t)) continue;
        const auto own = match(t, parts_[p].origins, true);
        if (own < NameMatch::synonym || own < best_anywhere(t)) continue;
        out_.tokens[p].push_back(static_cast<int>(t));
      }
    }
  }

  /// Nothing of its own, but near to something that was used: part of a longer value or name.
  bool is_akin(std::size_t token) const {
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (q_.token_cell[token * q_.columns.size() + i] != CellMatch::exact) continue;
      for (const DraftPart& part : parts_) {
        if (!part.origins.literals.empty() && holds(part.origins.columns, q_.columns[i])) {
          return true;
        }
      }
    }
    return false;
  }

  const std::vector<DraftPart>& parts_;
  const link::LinkedQuestion& q_;
  std::vector<int> part_of_;
  Alignment out_;
};

}  // namespace

Alignment align(const std::vector<DraftPart>& parts, const link::LinkedQuestion& question) {
  return Aligner(parts, question).take();
}

}  // namespace idi::explanation
