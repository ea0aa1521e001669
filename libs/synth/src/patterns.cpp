#include "patterns.hpp"

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"

namespace idi::synth {
namespace {

constexpr std::string_view money_words =
    "{revenue|turnover|sales|income|earnings|takings|sales value}";

/// Writes the placeholders of one wording.
class Wording {
 public:
  Wording(const Scene& scene, const Rewording& rewording, Random& random)
      : s_(scene), rewording_(rewording), random_(random) {}

  std::string words(const std::string& name) {
    if (name == "T") return plural_of(table(s_.table));
    if (name == "t") return table(s_.table);
    if (name == "C") return plural_of(table(s_.child));
    if (name == "c") return table(s_.child);
    if (name == "name") return column(s_.name);
    if (name == "X") return column(s_.text);
    if (name == "N") return column(s_.number);
    if (name == "price") return column(s_.price);
    if (name == "D") return column(s_.time);
    if (name == "CX") return column(s_.child_text);
    if (name == "CN") return column(s_.child_number);
    if (name == "CD") return column(s_.child_time);
    if (name == "v") return s_.text_value;
    if (name == "v2") return s_.text_value2;
    if (name == "cv") return s_.child_text_value;
    if (name == "n") return s_.number_value;
    if (name == "n2") return s_.number_value2;
    if (name == "nv") return text::join(s_.name_values, " ");
    if (name == "year") return s_.year;
    if (name == "year2") return s_.next_year;
    if (name == "month") return s_.month_name;
    if (name == "G") return plural_of(table(s_.grand));
    if (name == "g") return table(s_.grand);
    if (name == "P") return plural_of(table(s_.parent));
    if (name == "p") return table(s_.parent);
    if (name == "DP") return choose_alternatives(s_.date_participle, random_);
    if (name == "DC") return choose_alternatives(s_.date_past, random_);
    if (name == "DS") return of_one(choose_alternatives(s_.date_past, random_));
    if (name == "deed") return choose_alternatives(s_.deed, random_);
    if (name == "gdeed") return choose_alternatives(s_.grand_deed, random_);
    if (name == "doing") return choose_alternatives(s_.doing, random_);
    if (name == "flag") return s_.flag_word;
    if (name == "money") return choose_alternatives(money_words, random_);
    if (name == "k") return std::to_string(s_.count);
    if (name == "most") return s_.most;
    if (name == "least") return s_.least;
    if (name == "over") return s_.over;
    IDI_ASSERT(name == "under");
    return s_.under;
  }

 private:
  /// "were shipped" → "was shipped".
  static std::string of_one(std::string past) {
    if (past.starts_with("were ")) past.replace(0, 4, "was");
    return past;
  }

  std::string column(ColumnRef ref) { return rewording_.apply(s_.natural(ref), random_); }
  std::string table(int number) {
    const Table& table = s_.schema->tables[static_cast<std::size_t>(number)];
    return rewording_.apply(singular_of(table.natural_name), random_);
  }

  const Scene& s_;
  const Rewording& rewording_;
  Random& random_;
};

}  // namespace

std::vector<Pattern> patterns() {
  std::vector<Pattern> all;
  for (const auto part : {time_patterns(), table_patterns(), relation_patterns(), money_patterns(),
                          verb_patterns(), keyword_patterns()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

std::string phrase(const Pattern& pattern, const Scene& scene, const Rewording& rewording,
                   Random& random) {
  Wording wording(scene, rewording, random);
  const std::string chosen = choose_alternatives(pattern.wording, random);
  std::string text;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::size_t close = chosen[i] == '[' ? chosen.find(']', i) : std::string::npos;
    if (close == std::string::npos) {
      text += chosen[i];
      continue;
    }
    text += wording.words(chosen.substr(i + 1, close - i - 1));
    i = close;
  }
  return tidy_sentence(text);
}

}  // namespace idi::synth
