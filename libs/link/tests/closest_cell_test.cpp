#include "closest_cell.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace idi::link {
namespace {

class ClosestCell : public ::testing::Test {
 protected:
  [[nodiscard]] std::string closest(const std::vector<std::string>& cells,
                                    std::string_view phrase) const {
    const CellSource source{cells.size(),
                            [&](std::size_t i) { return std::string_view(cells[i]); }};
    return closest_cell_of(source, phrase, *words_).value_or("-");
  }
  std::shared_ptr<const WordNet> words_ = [] {
    auto opened = WordNet::open();
    return opened ? *opened : WordNet::none();
  }();
};

TEST_F(ClosestCell, PrefersTheSameText) {
  EXPECT_EQ(closest({"usa", "USA", " USA"}, "USA"), "USA");
  EXPECT_EQ(closest({"usa", "Usa"}, "USA"), "usa");
  EXPECT_EQ(closest({"APG", " APG"}, " APG"), " APG");
  EXPECT_EQ(closest({" APG"}, "apg"), " APG");
}

TEST_F(ClosestCell, FoldsCaseAccentsAndStems) {
  EXPECT_EQ(closest({"Café", "Bar"}, "CAFE"), "Café");
  EXPECT_EQ(closest({"Dog", "Cat"}, "dogs"), "Dog");
}

TEST_F(ClosestCell, KnowsDemonymsAndCodes) {
  EXPECT_EQ(closest({"France", "Germany"}, "French"), "France");
  EXPECT_EQ(closest({"USA", "UK"}, "American"), "USA");
  EXPECT_EQ(closest({"M", "F"}, "female"), "F");
  EXPECT_EQ(closest({"M", "F"}, "women"), "F");
  EXPECT_EQ(closest({"NY", "CA"}, "California"), "CA");
  EXPECT_EQ(closest({"T", "F"}, "true"), "T");
}

TEST_F(ClosestCell, KnowsInitials) {
  EXPECT_EQ(closest({"NASA", "ESA"}, "National Aeronautics and Space Administration"), "NASA");
  EXPECT_EQ(closest({"European Space Agency", "Other"}, "ESA"), "European Space Agency");
}

TEST_F(ClosestCell, KnowsOneLetterCodes) {
  EXPECT_EQ(closest({"L", "R"}, "left"), "L");
  EXPECT_EQ(closest({"L", "R"}, "both"), "-");
}

TEST_F(ClosestCell, MendsSpelling) {
  EXPECT_EQ(closest({"Britanny Harris", "Chris Jackson"}, "Brittany Harris"), "Britanny Harris");
  EXPECT_EQ(closest({"Germany", "France"}, "Grmany"), "Germany");
  EXPECT_EQ(closest({"Germany", "France"}, "Gremany"), "Germany");
  EXPECT_EQ(closest({"2010", "2011"}, "2012"), "-");  // another number is no misspelling
}

TEST_F(ClosestCell, FindsPartsOfNames) {
  EXPECT_EQ(closest({"London Heathrow", "London Gatwick"}, "Gatwick"), "London Gatwick");
  EXPECT_EQ(closest({"Sonoma", "Napa"}, "Sonoma County"), "Sonoma");
  EXPECT_EQ(closest({"London Heathrow", "London Gatwick"}, "London"), "-");  // either
}

TEST_F(ClosestCell, FindsNothingFarAway) {
  EXPECT_EQ(closest({"France", "Germany"}, "banana"), "-");
  EXPECT_EQ(closest({}, "banana"), "-");
  EXPECT_EQ(closest({"", " "}, ""), "-");
  EXPECT_EQ(closest({"a"}, std::string(100'000, 'a')), "-");
}

}  // namespace
}  // namespace idi::link
