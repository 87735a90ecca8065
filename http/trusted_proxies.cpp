#include "http/trusted_proxies.hpp"

#include "http/message.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace polar_flow::http {

namespace ip = boost::asio::ip;

struct trusted_proxies::rules {
  std::vector<std::string> names;
  std::vector<ip::network_v4> networks_v4;
  std::vector<ip::network_v6> networks_v6;
};

namespace {

std::optional<ip::address> parse_address(std::string_view text) {
  boost::system::error_code problem;
  const auto address = ip::make_address(std::string{text}, problem);
  if (problem)
    return std::nullopt;
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

/// Whether `address` is in `network`: both have the same prefix.
template <class Network, class Address>
bool is_within(const Network& network, const Address& address) {
  return Network{address, network.prefix_length()}.canonical() == network.canonical();
}

} // namespace

trusted_proxies::trusted_proxies(std::span<const std::string> entries)
    : rules_{std::make_unique<rules>()} {
  for (const auto& entry : entries) {
    boost::system::error_code problem;
    const auto network_v4 = ip::make_network_v4(entry, problem);
    if (!problem) {
      rules_->networks_v4.push_back(network_v4);
      continue;
    }
    const auto network_v6 = ip::make_network_v6(entry, problem);
    if (!problem) {
      rules_->networks_v6.push_back(network_v6);
      continue;
    }
    const auto address = parse_address(entry);
    if (address && address->is_v4())
      rules_->networks_v4.emplace_back(address->to_v4(), 32);
    else if (address)
      rules_->networks_v6.emplace_back(address->to_v6(), 128);
    else
      rules_->names.push_back(entry);
  }
}

trusted_proxies::~trusted_proxies() = default;
trusted_proxies::trusted_proxies(trusted_proxies&&) noexcept = default;
trusted_proxies& trusted_proxies::operator=(trusted_proxies&&) noexcept = default;

bool trusted_proxies::contains(std::string_view peer) const {
  if (std::ranges::find(rules_->names, peer) != rules_->names.end())
    return true;
  const auto address = parse_address(peer);
  if (!address)
    return false;
  if (address->is_v4())
    return std::ranges::any_of(rules_->networks_v4, [&](const ip::network_v4& network) {
      return is_within(network, address->to_v4());
    });
  return std::ranges::any_of(rules_->networks_v6, [&](const ip::network_v6& network) {
    return is_within(network, address->to_v6());
  });
}

std::string_view trusted_proxies::client_behind(std::string_view peer,
                                                std::string_view forwarded_for) const {
  auto client = peer;
  while (contains(client) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const auto before = trimmed(
        forwarded_for.substr(comma == std::string_view::npos ? 0 : comma + 1));
    // What is no address cannot be told apart from anybody's invention.
    if (!parse_address(before))
      break;
    client = before;
    forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
  }
  return client;
}

} // namespace polar_flow::http
