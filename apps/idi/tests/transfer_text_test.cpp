#include "transfer_text.hpp"

#include <gtest/gtest.h>

namespace idi::cli {
namespace {

constexpr std::int64_t total = 4'680'000'000;

TEST(TransferText, SaysWhatIsKnown) {
  EXPECT_EQ(transfer_text("m", {0, 0, 0}), "m: 0 bytes");
  EXPECT_EQ(transfer_text("m", {1'000'000, 0, 2'000'000}), "m: 1 MB, 2 MB/s");
  EXPECT_EQ(transfer_text("m", {1'170'000'000, total, 0}), "m: 1.2 GB of 4.7 GB, 25 %");
  EXPECT_EQ(transfer_text("m", {1'170'000'000, total, 34'000'000}),
            "m: 1.2 GB of 4.7 GB, 25 %, 34 MB/s, 1 min 44 s left");
  EXPECT_EQ(transfer_text("m", {total - 100, total, 34'000'000}),
            "m: 4.7 GB of 4.7 GB, 99 %, 34 MB/s, 1 s left");
  EXPECT_EQ(transfer_text("m", {total, total, 34'000'000}), "m: 4.7 GB of 4.7 GB, 100 %, 34 MB/s");
}

TEST(TransferText, SlowOnesHaveHours) {
  EXPECT_EQ(transfer_text("m", {0, total, 500'000}),
            "m: 0 bytes of 4.7 GB, 0 %, 500 kB/s, 2 h 36 min left");
  EXPECT_EQ(transfer_text("m", {0, total, 10}),
            "m: 0 bytes of 4.7 GB, 0 %, 10 bytes/s, very long left");
}

TEST(TransferText, AServerThatSaysNonsenseStaysReadable) {
  EXPECT_EQ(transfer_text("m", {200, 100, -5}), "m: 200 bytes of 100 bytes, 100 %");
}

}  // namespace
}  // namespace idi::cli
