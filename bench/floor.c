// floor: the least that a server can do. On each trigger it sends the next recorded frame to every
// subscriber, one send(2) each, one event at a time: no parsing, no state, no disk, no choice.
// Usage: floor PORT FRAMES, where FRAMES holds a 4-byte length before each frame. A socket on /control
// triggers (one frame an event), any other path subscribes. Loopback only.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_SOCKETS = 70000, TRIGGER_BYTES = 7 };
enum { NEW = 0, SUBSCRIBER, CONTROL };

typedef struct {
    uint32_t length;
    uint8_t *bytes;
} Frame;

// The answer to the one key that the load client sends (RFC 6455, 1.3).
static const char UPGRADE[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static Frame *frames;
static size_t frames_n, next_frame;
static int subscribers[MAX_SOCKETS], subscribers_n;
static uint8_t kind[MAX_SOCKETS];

static void load_frames(const char *name) {
    FILE *f = fopen(name, "rb");
    uint32_t length;
    if (!f) perror(name), exit(2);
    while (fread(&length, sizeof length, 1, f) == 1) {
        frames = realloc(frames, (frames_n + 1) * sizeof *frames);
        frames[frames_n] = (Frame){length, malloc(length)};
        if (fread(frames[frames_n++].bytes, 1, length, f) != length) exit(2);
    }
    fclose(f);
    if (!frames_n) fprintf(stderr, "floor: %s holds no frame\n", name), exit(2);
}

static void publish(void) {
    Frame *frame = &frames[next_frame++ % frames_n];
    for (int i = 0; i < subscribers_n; i++) {
        ssize_t n = send(subscribers[i], frame->bytes, frame->length, MSG_DONTWAIT | MSG_NOSIGNAL);
        // A floor that loses bytes would be no floor.
        if (n != (ssize_t)frame->length && errno != EPIPE && errno != ECONNRESET)
            perror("floor: short send"), exit(1);
    }
}

static void forget(int fd) {
    for (int i = 0; i < subscribers_n; i++)
        if (subscribers[i] == fd) {
            subscribers[i] = subscribers[--subscribers_n];
            break;
        }
    close(fd);
}

static void readable(int fd) {
    char data[4096];
    ssize_t n = recv(fd, data, sizeof data, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        forget(fd);
    } else if (kind[fd] == NEW) {
        send(fd, UPGRADE, sizeof UPGRADE - 1, MSG_NOSIGNAL);
        kind[fd] = strncmp(data, "GET /control", 12) ? SUBSCRIBER : CONTROL;
        if (kind[fd] == SUBSCRIBER) subscribers[subscribers_n++] = fd;
    } else if (kind[fd] == CONTROL) {
        for (ssize_t at = 0; at + TRIGGER_BYTES <= n; at += TRIGGER_BYTES) publish();
    }
}

int main(int argc, char **argv) {
    if (argc != 3) fputs("usage: floor PORT FRAMES\n", stderr), exit(2);
    load_frames(argv[2]);
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), ep = epoll_create1(0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&at, sizeof at) || listen(listener, 4096)) perror("floor"), exit(1);
    struct epoll_event want = {.events = EPOLLIN, .data.fd = listener}, ready[512];
    epoll_ctl(ep, EPOLL_CTL_ADD, listener, &want);
    for (;;) {
        int n = epoll_wait(ep, ready, 512, -1);
        for (int i = 0; i < n; i++) {
            if (ready[i].data.fd != listener) {
                readable(ready[i].data.fd);
                continue;
            }
            int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            if (fd < 0) continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            kind[fd] = NEW, want.data.fd = fd;
            epoll_ctl(ep, EPOLL_CTL_ADD, fd, &want);
        }
    }
}
