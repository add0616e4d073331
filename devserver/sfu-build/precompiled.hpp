// What most of the worker's files begin with, read once: this halves the time of the build.
#pragma once
#include "common.hpp"
#include "Logger.hpp"
#include "MediaSoupErrors.hpp"
#include "SharedInterface.hpp"
#include "Utils.hpp"
#include "Channel/ChannelRequest.hpp"
#include "RTC/RTP/Packet.hpp"
#include "RTC/RtpDictionaries.hpp"
