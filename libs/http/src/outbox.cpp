#include "outbox.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <vector>

#include "idi/core/assert.hpp"

namespace idi::http {

void Outbox::push(std::string bytes, std::size_t counted) {
  waiting_.push_back({std::move(bytes), counted});
}

bool Outbox::stuck(const Channel& channel, Clock::time_point now, Clock::duration limit) const {
  return writing_ && now - std::max(started_, channel.last_write()) >= limit;
}

void Outbox::write(Channel& channel, std::function<void(error_code, std::size_t)> on_written) {
  IDI_ASSERT(!writing_ && !waiting_.empty());
  writing_ = true;
  started_ = Clock::now();
  in_flight_.swap(waiting_);
  std::vector<asio::const_buffer> buffers;
  buffers.reserve(in_flight_.size());
  for (const Piece& piece : in_flight_) buffers.push_back(asio::buffer(piece.bytes));
  asio::async_write(channel, std::move(buffers),
                    [this, on_written = std::move(on_written)](error_code error, std::size_t) {
                      writing_ = false;
                      std::size_t counted = 0;
                      for (const Piece& piece : in_flight_) counted += piece.counted;
                      in_flight_.clear();
                      on_written(error, counted);
                    });
}

}  // namespace idi::http
