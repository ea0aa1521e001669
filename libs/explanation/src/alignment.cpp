#include "alignment.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "cue_words.hpp"
#include "idi/answerability/word_lists.hpp"
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
  Aligner(const std::vector<DraftPart>& parts, const link::LinkedQuestion& question,
          const Schema& schema)
      : parts_(parts), q_(question), schema_(schema), part_of_(question.tokens.size(), -1) {
    out_.tokens.resize(parts.size());
  }

  Alignment take() && {
    values();
    names();
    cues();
    neighbours();
    share();
    out_.used.resize(part_of_.size());
    for (std::size_t t = 0; t < part_of_.size(); ++t) {
      out_.used[t] = part_of_[t] >= 0 || needs_none(t);
      if (!out_.used[t] && best_anywhere(t) != NameMatch::none) out_.joins_may_help = true;
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
                        is_part_of_time(candidate, literal.text) ||
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

  /// "June 2024" for the day with which it begins or the last before it ends.
  static bool is_part_of_time(const link::ValueCandidate& candidate, const std::string& literal) {
    constexpr std::size_t year_length = 4;
    if (candidate.kind != link::ValueKind::date || candidate.text.size() < year_length ||
        literal.size() < year_length) {
      return false;
    }
    return literal.starts_with(candidate.text) || candidate.text.find(literal) != std::string::npos;
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

  NameMatch best_anywhere(std::size_t token) const {
    auto best = NameMatch::none;
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      best = std::max(best, column_match(token, i));
    }
    for (std::size_t i = 0; i < q_.tables.size(); ++i) best = std::max(best, table_match(token, i));
    return best;
  }

  /// How well a token names what a part speaks of: by the match, then by how directly. 0: not.
  int fit(std::size_t token, std::size_t part) const {
    const auto& [kind, text, origins] = parts_[part];
    const bool joins = kind == PartKind::join;
    int best = 0;
    const auto note = [&](NameMatch match, int directness) {
      if (match != NameMatch::none) best = std::max(best, weight(match) + directness);
    };
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (holds(origins.columns, q_.columns[i])) note(column_match(token, i), joins ? 0 : 3);
    }
    for (std::size_t i = 0; i < q_.tables.size(); ++i) {
      const int table = q_.tables[i];
      if (holds(origins.tables, table)) {
        note(table_match(token, i), kind == PartKind::table ? 4 : joins ? 1 : 3);
      } else if (std::any_of(origins.columns.begin(), origins.columns.end(),
                             [&](ColumnRef ref) { return ref.table == table; })) {
        note(table_match(token, i), joins ? 0 : 2);
      } else if (stands_for(origins, table)) {
        note(table_match(token, i), -3);
      }
    }
    return best;
  }
  /// Of the columns and tables that are said themselves.
  NameMatch name_match(std::size_t token, const Origins& origins) const {
    auto best = NameMatch::none;
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (holds(origins.columns, q_.columns[i])) best = std::max(best, column_match(token, i));
    }
    for (std::size_t i = 0; i < q_.tables.size(); ++i) {
      if (holds(origins.tables, q_.tables[i])) best = std::max(best, table_match(token, i));
    }
    return best;
  }
  /// The key of a table stands for its rows: "students with an allergy" are counted by the rows of
  /// the table that refers to them.
  bool stands_for(const Origins& origins, int table) const {
    return std::any_of(
        schema_.foreign_keys.begin(), schema_.foreign_keys.end(), [&](const ForeignKey& key) {
          return key.to.table == table &&
                 (holds(origins.columns, key.from) || holds(origins.tables, key.from.table));
        });
  }
  static constexpr int weight(NameMatch match) { return 5 * static_cast<int>(match); }

  void names() {
    for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
      if (!is_free(t) || answers_only(t)) continue;
      const auto anywhere = best_anywhere(t);
      if (anywhere == NameMatch::none) continue;
      std::vector<int> fits(parts_.size());
      for (std::size_t p = 0; p < parts_.size(); ++p) fits[p] = fit(t, p);
      const int best = *std::max_element(fits.begin(), fits.end());
      // "average" is an operation, however near it may be to "total".
      const auto asked = cues_of(q_.tokens[t].lower);
      if (best < weight(NameMatch::synonym) && asked.test(static_cast<std::size_t>(Cue::average))) {
        continue;
      }
      // A word that names something else exactly is not explained by being akin to this.
      if (best == 0 || (best < weight(NameMatch::synonym) && best < weight(anywhere))) continue;
      assign(t, best_part(t, fits, best));
    }
  }

  /// "which", "for": seldom the name that they happen to equal.
  bool answers_only(std::size_t token) const {
    return is_plain_word(q_.tokens[token].lower) && best_anywhere(token) < NameMatch::exact;
  }

  /// Of the parts that fit best: the one of the word before; then the one with fewest words.
  std::size_t best_part(std::size_t token, const std::vector<int>& fits, int best) const {
    std::size_t chosen = parts_.size();
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (fits[p] != best) continue;
      if (follows(token) && part_of_[token - 1] == static_cast<int>(p)) return p;
      if (chosen == parts_.size() || out_.tokens[p].size() < out_.tokens[chosen].size()) chosen = p;
    }
    return chosen;
  }
  /// Nothing but a blank stands before it.
  bool follows(std::size_t token) const {
    return token > 0 && q_.tokens[token].begin <= q_.tokens[token - 1].end + 1;
  }

  // ---- operations

  void cues() {
    for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
      if (!is_free(t)) continue;
      const Cues asked = cues_of(q_.tokens[t].lower);
      if (asked.none() || names_another(t)) continue;
      const Cues likelier = likelier_cues_of(q_.tokens[t].lower);
      std::size_t chosen = parts_.size();
      int nearest = std::numeric_limits<int>::max();
      for (std::size_t p = 0; p < parts_.size(); ++p) {
        if ((parts_[p].origins.cues & asked).none()) continue;
        const bool likely = (parts_[p].origins.cues & likelier).any();
        const int distance = distance_to(p, static_cast<int>(t)) - (likely ? likely_bonus : 0);
        if (distance < nearest) {
          nearest = distance;
          chosen = p;
        }
      }
      if (chosen < parts_.size()) assign(t, chosen);
    }
  }

  static constexpr int likely_bonus = 3;
  /// "quantity" where there is a column of that name is not a word for counting.
  bool names_another(std::size_t token) const {
    if (answerability::is_operation_word(q_.tokens[token].lower)) return false;
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (column_match(token, i) == NameMatch::exact && is_name_at_hand(token)) return true;
    }
    return false;
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
        const auto own = name_match(t, parts_[p].origins);
        if (own < NameMatch::synonym || own < best_anywhere(t)) continue;
        out_.tokens[p].push_back(static_cast<int>(t));
      }
    }
  }

  // ---- what has no words of its own

  /// Called so in a table that the query speaks of: it could have been used.
  bool is_name_at_hand(std::size_t token) const {
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (column_match(token, i) < NameMatch::partial) continue;
      const bool near = std::any_of(parts_.begin(), parts_.end(), [&](const DraftPart& part) {
        if (part.kind == PartKind::join) return false;
        return holds(part.origins.tables, q_.columns[i].table) ||
               std::any_of(part.origins.columns.begin(), part.origins.columns.end(),
                           [&](ColumnRef ref) { return ref.table == q_.columns[i].table; });
      });
      if (near) return true;
    }
    return false;
  }

  /// "zip code", "number of passengers": a general noun beside a name goes with it.
  void neighbours() {
    for (std::size_t t = 0; t < q_.tokens.size(); ++t) {
      const std::string& word = q_.tokens[t].lower;
      if (!is_free(t) || !is_attribute_noun(word) || is_plain_word(word) || is_name_at_hand(t)) {
        continue;
      }
      const int part = beside(t);
      if (part >= 0) assign(t, static_cast<std::size_t>(part));
    }
  }

  /// The part of the next or last word that has one, function words between.
  int beside(std::size_t token) const {
    for (std::size_t t = token + 1; t < q_.tokens.size(); ++t) {
      if (part_of_[t] >= 0) return part_of_[t];
      if (!is_plain_word(q_.tokens[t].lower)) break;
    }
    for (std::size_t t = token; t > 0; --t) {
      if (part_of_[t - 1] >= 0) return part_of_[t - 1];
      if (!is_plain_word(q_.tokens[t - 1].lower)) break;
    }
    return -1;
  }

  bool is_cell(std::size_t token) const {
    for (std::size_t i = 0; i < q_.columns.size(); ++i) {
      if (q_.token_cell[token * q_.columns.size() + i] != CellMatch::none) return true;
    }
    return std::any_of(q_.values.begin(), q_.values.end(), [&](const auto& value) {
      return value.token_begin <= static_cast<int>(token) &&
             static_cast<int>(token) < value.token_end;
    });
  }

  /// Means nothing of its own here.
  bool needs_none(std::size_t token) const {
    const std::string& word = q_.tokens[token].lower;
    if (is_plain_word(word) || is_akin(token)) return true;
    // "at least one": what a join does anyway.
    if (word == "least" && token + 1 < q_.tokens.size() &&
        (q_.tokens[token + 1].lower == "one" || q_.tokens[token + 1].lower == "1")) {
      return true;
    }
    return is_verb(word) && best_anywhere(token) < NameMatch::partial && !is_cell(token);
  }

  /// Part of a longer value or name that was used.
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
  const Schema& schema_;
  std::vector<int> part_of_;
  Alignment out_;
};

}  // namespace

Alignment align(const std::vector<DraftPart>& parts, const link::LinkedQuestion& question,
                const Schema& schema) {
  return Aligner(parts, question, schema).take();
}

}  // namespace idi::explanation
