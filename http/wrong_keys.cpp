#include "http/wrong_keys.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>
#include <utility>

namespace polar_flow::http {

using std::chrono::ceil;
using std::chrono::microseconds;
using std::chrono::seconds;

wrong_keys::wrong_keys(std::uint32_t attempts_per_minute)
    : interval_{attempts_per_minute == 0 ? microseconds{0}
                                         : microseconds{std::chrono::minutes{1}}
                                               / attempts_per_minute},
      tolerated_debt_{attempts_per_minute == 0 ? microseconds{0}
                                               : (attempts_per_minute - 1) * interval_} {
  // nop
}

std::optional<seconds> wrong_keys::note(std::string_view address, instant now) {
  auto network = client_network(address);
  const std::lock_guard lock{mutex_};
  auto place = index_.find(network);
  if (place == index_.end()) {
    if (entries_.size() >= addresses_max) {
      index_.erase(entries_.back().address);
      entries_.pop_back();
    }
    entries_.push_front({std::move(network), now});
    place = index_.emplace(entries_.front().address, entries_.begin()).first;
  } else {
    entries_.splice(entries_.begin(), entries_, place->second);
  }
  auto& recovered_at = entries_.front().recovered_at;
  recovered_at = std::max(recovered_at, now);
  if (recovered_at - now > tolerated_debt_)
    return std::max(ceil<seconds>(recovered_at - now - tolerated_debt_), seconds{1});
  recovered_at += interval_;
  const auto blocked_until = (recovered_at - tolerated_debt_).time_since_epoch().count();
  if (blocked_until > blocked_until_us_)
    blocked_until_us_ = blocked_until;
  return std::nullopt;
}

bool wrong_keys::is_blocked(std::string_view address, instant now) const {
  if (now.time_since_epoch().count() >= blocked_until_us_)
    return false;
  const std::lock_guard lock{mutex_};
  const auto place = index_.find(client_network(address));
  return place != index_.end() && place->second->recovered_at - now > tolerated_debt_;
}

std::string client_network(std::string_view address) {
  namespace ip = boost::asio::ip;
  constexpr unsigned short network_bits = 64;
  boost::system::error_code problem;
  const auto parsed = ip::make_address(std::string{address}, problem);
  if (problem || !parsed.is_v6())
    return std::string{address};
  if (parsed.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, parsed.to_v6()).to_string();
  return ip::network_v6{parsed.to_v6(), network_bits}.canonical().to_string();
}

} // namespace polar_flow::http
