#include "idi/engine/current_source.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "idi/db_sqlite/sqlite_database.hpp"
#include "shop_fixture.hpp"

namespace idi::engine {
namespace {

using namespace std::chrono_literals;

class FollowedShop : public ::testing::Test {
 protected:
  void SetUp() override {
    auto database = db_sqlite::open_sqlite_database(file_.path());
    ASSERT_TRUE(database);
    auto opened = CurrentSource::open(std::move(*database), {}, {}, 0ms);
    ASSERT_TRUE(opened) << opened.error().to_text();
    current_ = std::move(*opened);
  }

  /// Looks until the source is another one, or for a while.
  bool becomes_another(const std::shared_ptr<const Source>& before) {
    for (int i = 0; i < 500; ++i) {
      current_->look();
      if (current_->get() != before) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

  testing::ShopFile file_;
  std::shared_ptr<CurrentSource> current_;
};

TEST_F(FollowedShop, ANewTableIsKnownSoon) {
  const auto before = current_->get();
  EXPECT_FALSE(before->schema().find_table("gift_cards"));
  file_.run("CREATE TABLE gift_cards (code TEXT, value REAL)");
  ASSERT_TRUE(becomes_another(before));
  EXPECT_TRUE(current_->get()->schema().find_table("gift_cards"));
  // Whoever has the old one keeps it.
  EXPECT_FALSE(before->schema().find_table("gift_cards"));
}

TEST_F(FollowedShop, NothingChangedNothingOpened) {
  const auto before = current_->get();
  for (int i = 0; i < 20; ++i) {
    current_->look();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_EQ(current_->get(), before);
}

TEST_F(FollowedShop, ADatabaseThatCannotBeReadLeavesTheSource) {
  const auto before = current_->get();
  const auto moved = file_.path().string() + ".away";
  std::filesystem::rename(file_.path(), moved);
  for (int i = 0; i < 10; ++i) {
    current_->look();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_EQ(current_->get(), before);
  std::filesystem::rename(moved, file_.path());
  file_.run("CREATE TABLE gift_cards (code TEXT)");
  ASSERT_TRUE(becomes_another(before));
}

TEST_F(FollowedShop, EndsWhileItOpens) {
  file_.run("CREATE TABLE gift_cards (code TEXT)");
  current_->look();
  current_.reset();
}

}  // namespace
}  // namespace idi::engine
